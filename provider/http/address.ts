import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Tells whether the host name of a URL never leaves this machine: 127.0.0.0/8, [::1], localhost and the names below it. The
 * network resolves a name with a final dot, so it is none of them.
 */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  if (family === 0) return /^([^.]+\.)*localhost$/i.test(host)
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/** Finds why a secret must not be sent to an address: it could be read on the way. Undefined for a good one. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'is not a URL'
  if (url.username || url.password) return 'must not hold a user name or a password'
  if (url.search || url.hash) return 'must not have a query or a fragment'
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return isSafe ? undefined : 'must be https (plain http is accepted only for loopback addresses)'
}

/** Removes the slashes at the end, in time proportional to the text. */
export function withoutFinalSlashes(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === '/') end -= 1
  return text.slice(0, end)
}
