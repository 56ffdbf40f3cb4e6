import { isIP } from 'node:net'
import { isDnsName } from './host-name.ts'
import { type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { isIllFormed, quote } from './text.ts'

/** Bytes that every HTTP server is asked to support in a URI. @see RFC 9110, section 4.1 */
const longestUri = 8000

/** A redirect URI, read: what is wrong with its text, and what the rules about hosts need. */
export interface RedirectUri {
  readonly problems: readonly Problem[]
  /** As `URL.hostname` gives it; missing where there is no host to judge. */
  readonly hostname?: string
  /** Missing where the text is not a URL that could be registered. */
  readonly normalForm?: string
}

const messages = {
  userInfo:
    'The URI has user information before its host ("user@"). A redirect URI is public: remove it.',
  fragment:
    'The URI has a fragment ("#"), which the PSC forbids, also an empty one. Remove the "#" and what follows it.',
  wildcard:
    'The URI has a wildcard ("*"), and the PSC compares redirect URIs as they are. Register each one; an asterisk that is meant literally is written %2A.',
  notInNormalForm:
    'The URI is not in its normal form and is sent as it is: an exact comparison with what browsers and libraries make of it will fail. Declare and use',
  keptByBrowsers:
    'The URI is not in its normal form and is sent as it is. Browsers leave it so, but an exact comparison with what strict libraries make of it will fail. Declare and use',
  notEscaped:
    'It also holds characters that RFC 3986 wants escaped: a strict server refuses it (URI_INVALIDA).',
  underscore:
    'The host has an underscore, which RFC 1123 does not allow: strict servers may find no host in this URI.',
}

/**
 * Reads one redirect URI and judges what can be judged from its text alone. The text is repeated
 * in no message, because it could hold a password; only its host and its normal form are, which
 * hold none.
 *
 * @see the NeoID document of `PUT /client_maintenance`, field `redirect_uris`
 */
export function readRedirectUri(text: string, path: PropertyPath): RedirectUri {
  const unreadable = whyUnreadable(text)
  if (unreadable !== undefined) return { problems: [refuse(path, unreadable, 'URI_INVALIDA')] }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problems: [notHttps(text, url, path)] }
  }
  const misleading = whyMisleading(text, url)
  if (misleading !== undefined) return { problems: [refuse(path, misleading, 'URI_INVALIDA')] }

  const problems: Problem[] = []
  const wildcardHost = url.hostname.includes('*')
  if (url.protocol === 'http:') problems.push(notHttps(text, url, path))
  if (authorityOf(text).includes('@')) problems.push(refuse(path, messages.userInfo))
  if (text.includes('#')) problems.push(refuse(path, messages.fragment))
  if (wildcardHost || text.includes('*')) problems.push(refuse(path, messages.wildcard))
  if (problems.length === 0) problems.push(...judgeForm(text, url, path))
  return {
    problems,
    normalForm: normalForm(url),
    ...(wildcardHost ? {} : { hostname: url.hostname }),
  }
}

/** Why a text is not a URL at all: what is declared counts, not what a lenient parser drops. */
function whyUnreadable(text: string): string | undefined {
  if (text.trim() === '') {
    return 'The URI is empty. Give the https address to which the PSC sends the user.'
  }
  if (text !== text.trim()) return 'The URI begins or ends with white space. Remove it.'
  if (/\p{Cc}/u.test(text)) {
    return 'The URI holds a line break, a tab or another control character. Remove it.'
  }
  if (isIllFormed(text)) return 'The URI holds half a character (a lone surrogate). Type it again.'
  if (Buffer.byteLength(text) > longestUri) {
    return `The URI is longer than ${longestUri} bytes, which servers need not take. Shorten it.`
  }
  if (URL.canParse(text)) return undefined
  return /^[a-z][a-z\d+.-]*:/i.test(text)
    ? 'This is not a URL. Check the host and the port (0 to 65535).'
    : 'This is not an absolute URL. Begin with the scheme and the host, as in https://portal.exemplo.gov.br/callback.'
}

/** Why a text is a URL only because browsers repair it into something else than is written. */
function whyMisleading(text: string, url: URL): string | undefined {
  if (/^[^?#]*\\/.test(text)) return 'The URI holds a backslash. Write "/".'
  if (!/^https?:\/\/[^/?#]/i.test(text)) {
    return 'The URI does not have exactly two slashes and a host after its scheme. Write https://host/path.'
  }
  const host = url.hostname.replace(/\.$/, '')
  const named = !host.startsWith('[') && !host.includes('*') && isIP(host) === 0
  return named && !isDnsName(host)
    ? 'The host is no DNS name: a label has 1 to 63 letters, digits and inner hyphens, the whole at most 253. Correct it.'
    : undefined
}

function notHttps(text: string, url: URL, path: PropertyPath): Problem {
  const message = /^[^:/?#]+:\d/.test(text)
    ? 'The URI has no scheme, so that its host is read as one. Begin with https://.'
    : `The URI is not https, its scheme is ${quote(url.protocol.slice(0, -1))}. Begin with https://.`
  return refuse(path, message, 'URI_HTTPS_OBRIGATORIO')
}

function authorityOf(text: string): string {
  return /^[^:]*:\/\/([^/?#]*)/.exec(text)?.[1] ?? ''
}

function judgeForm(text: string, url: URL, path: PropertyPath): Problem[] {
  const problems: Problem[] = []
  const expected = normalForm(url)
  if (text !== expected) {
    const why = text === url.href ? messages.keptByBrowsers : messages.notInNormalForm
    const message = `${why} ${quote(expected, longestUri * 3)}.`
    problems.push(warn(path, isEscaped(text) ? message : `${message} ${messages.notEscaped}`))
  }
  if (url.hostname.includes('_')) problems.push(warn(path, messages.underscore))
  return problems
}

/** Whether a text has the characters of RFC 3986 alone, and "%" only where it begins an escape. */
function isEscaped(text: string): boolean {
  return /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})*$/i.test(text)
}

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
