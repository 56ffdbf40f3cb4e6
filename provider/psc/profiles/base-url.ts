import { ProfileError } from '../../errors.ts'
import { isLoopback } from '../../http/loopback.ts'

/**
 * Removes the slashes at the end of a base URL.
 *
 * @throws {ProfileError} for an address that {@link faultOfAddress} refuses.
 */
export function checkBaseUrl(text: string, name: string): string {
  const fault = faultOfAddress(text)
  if (fault !== undefined) throw new ProfileError(`the base URL of "${name}" ${fault}`, 'baseUrl')
  return new URL(text).href.replace(/\/+$/, '')
}

/** Tells why no secret may be sent to an address; undefined for a safe one. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'is not a URL'
  if (url.username || url.password) return 'must not contain a user name or a password'
  if (url.search || url.hash) return 'must not have a query or a fragment'
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe ? undefined : 'must be https; plain http is allowed for loopback addresses only'
}
