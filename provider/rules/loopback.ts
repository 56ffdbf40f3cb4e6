import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Tells whether a request to a URL's host stays on this machine: 127.0.0.0/8, [::1], localhost and the names below it. False
 * for a name with a final dot, which the network resolves.
 */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  if (family === 0) return /^([^.]+\.)*localhost$/i.test(host)
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
