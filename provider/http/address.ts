import { foreign, locateCharacter } from '../rules/characters.ts'
import { findDebris, holdsSeveral } from '../rules/debris.ts'
import { isDnsName } from '../rules/host-name.ts'
import { isLoopback } from '../rules/loopback.ts'
import { say } from '../say.ts'

/** Finds the reason why an address is unsafe for a secret, as the end of a sentence without a full stop. Undefined for a safe one. */
export function faultOfAddress(text: string): string | undefined {
  const debris = findDebris(text)
  if (debris) return debris.reason.replace(/\.$/, '')
  const unseen = locateCharacter(text.trim(), foreign)
  if (unseen !== undefined) return say`contains ${unseen}. Remove it`
  if (holdsSeveral(text.trim())) {
    return say`holds several addresses, or ends in a separator. Give one address`
  }
  const url = URL.parse(text)
  if (!url) return say`is not a URL`
  // Browsers repair such a text into another address.
  if (/^https?:/i.test(text.trim()) && !/^https?:\/\/[^/\\?#][^\\]*$/i.test(text.trim())) {
    return say`does not have exactly two slashes and a host after its scheme, or has a backslash. Write https://host/path`
  }
  if (!isHost(url.hostname)) return say`has a host that is not a DNS name. Correct it`
  if (url.username || url.password) return say`must not hold a user name or a password`
  // A bare sign counts too: what follows the base would become a query or a fragment.
  if (/[?#]/.test(text)) return say`must not have a query or a fragment`
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return isSafe
    ? undefined
    : say`must be https (plain http is accepted only for loopback addresses)`
}

/** Tells whether the host of a URL is a DNS name or an IP address. */
function isHost(hostname: string): boolean {
  return hostname.startsWith('[') || isDnsName(hostname.replace(/\.$/, ''))
}

/** Removes the slashes at the end, in time proportional to the text. */
export function withoutFinalSlashes(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === '/') end -= 1
  return text.slice(0, end)
}
