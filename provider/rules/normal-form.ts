/**
 * The form that an exact comparison expects: what `URL` makes of it, the host without a trailing
 * dot, every character that RFC 3986 does not allow percent-encoded, escapes in upper case, and
 * none where none is needed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
export function normalForm(url: URL): string {
  const host = url.hostname.replace(/(?<=[^.])\.$/, '')
  const port = url.port === '' ? '' : `:${url.port}`
  const rest = url.href.slice(url.href.indexOf('/', url.protocol.length + 2))
  return `${url.protocol}//${host}${port}${escapeRest(rest)}`
}

function escapeRest(rest: string): string {
  return rest
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~:/?#@!$&'()*+,;=%]/gu, (character) => encodeURIComponent(character))
    .replace(/%[\da-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      return /[\w\-.~]/.test(character) ? character : escape.toUpperCase()
    })
}
