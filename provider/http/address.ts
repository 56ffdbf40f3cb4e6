import { BlockList, isIP } from 'node:net'
import { invisible, locateCharacter } from '../rules/characters.ts'
import { findDebris, holdsSeveral } from '../rules/debris.ts'

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

/** Finds the reason why an address is unsafe for a secret, as the end of a sentence without a full stop. Undefined for a safe one. */
export function faultOfAddress(text: string): string | undefined {
  const debris = findDebris(text)
  if (debris) return debris.reason.replace(/\.$/, '')
  const unseen = locateCharacter(text.trim(), invisible)
  if (unseen !== undefined) return `contains ${unseen}. Remove it`
  if (holdsSeveral(text.trim())) {
    return 'holds several addresses, or ends in a separator. Give one address'
  }
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
