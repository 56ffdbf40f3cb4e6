import type { Answer } from '../http/exchange.ts'

/**
 * Sends the browser back to the application. The registered address stays as it is, character for character, but for those that
 * a header cannot carry.
 *
 * @see RFC 6749, section 4.1.2; RFC 9700, section 4.12 (303, so that no form travels on)
 */
export function redirectTo(
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): Answer {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value)
  }
  const address = redirectUri.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return {
    status: 303,
    headers: {
      Location: address + separator + query.toString(),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
    body: '',
  }
}
