import { ProfileError } from '../../errors.ts'
import { isLoopback } from '../../http/loopback.ts'

/**
 * The base URL without a slash at the end.
 *
 * @throws {ProfileError} when a secret sent there could be read on the way.
 */
export function checkBaseUrl(text: string, name: string): string {
  const fault = faultOfAddress(text)
  if (fault !== undefined) throw new ProfileError(`the base URL of "${name}" ${fault}`, 'baseUrl')
  return new URL(text).href.replace(/\/+$/, '')
}

/** Why no secret may be sent to an address: it could be read on the way. Undefined for a good one. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'is not a URL'
  if (url.username || url.password) return 'must not hold a user name or a password'
  if (url.search || url.hash) return 'must not have a query or a fragment'
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe ? undefined : 'must be https (plain http is accepted for loopback addresses alone)'
}
