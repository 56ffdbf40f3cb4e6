import { isDnsName } from './host-name.ts'
import { isIP } from 'node:net'
import { normalForm } from './normal-form.ts'
import { refuse, warn, type Problem, type PropertyPath } from './problem.ts'
import { isIllFormed, quote } from './text.ts'

/** Octets that every HTTP server is asked to support in a URI. @see RFC 9110, section 4.1 */
const longestUri = 8000

/** A redirect URI, read: what is wrong with its text, and what the rules about hosts need. */
export interface RedirectUri {
  readonly problems: readonly Problem[]
  /** As `URL.hostname` gives it; missing where there is no host to judge. */
  readonly hostname?: string
  /** Missing where the text is not a URL that could be registered. */
  readonly normalForm?: string
}

/**
 * Reads one redirect URI and judges what can be judged from its text alone. Never echoes the
 * text where it could hold a password.
 *
 * @see the NeoID document of `PUT /client_maintenance`, field `redirect_uris`
 */
export function readRedirectUri(text: string, path: PropertyPath): RedirectUri {
  const unreadable = whyUnreadable(text)
  if (unreadable !== undefined) {
    return { problems: [refuse(path, unreadable, 'URI_INVALIDA')] }
  }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problems: [notHttps(text, url, path)] }
  }
  const misleading = whyMisleading(text, url)
  if (misleading !== undefined) {
    return { problems: [refuse(path, misleading, 'URI_INVALIDA')] }
  }
  const problems: Problem[] = []
  if (url.protocol !== 'https:') problems.push(notHttps(text, url, path))
  if (authorityOf(text).includes('@')) problems.push(refuse(path, messages.userInfo))
  if (text.includes('#')) problems.push(refuse(path, messages.fragment))
  const wildcard = url.hostname.includes('*')
  if (wildcard || text.includes('*')) problems.push(refuse(path, messages.wildcard))
  if (problems.length === 0) problems.push(...judgeForm(text, url, path))
  return wildcard ? { problems } : { problems, hostname: url.hostname, normalForm: normalForm(url) }
}

const messages = {
  userInfo:
    'has user information before the host ("user@"): remove it, a redirect URI is public and a PSC has no use for it',
  fragment:
    'has a fragment ("#"), which the PSC forbids, also an empty one: remove the "#" and what follows it',
  wildcard:
    'has a wildcard ("*"): the PSC compares redirect URIs as they are, so register each one; an asterisk that is meant literally is written %2A',
}

/** Why a text is not a URL at all. The declared text is judged, not what a lenient parser repairs. */
function whyUnreadable(text: string): string | undefined {
  if (text.trim() === '') return 'is empty: give the https address to which the PSC sends the user'
  if (text !== text.trim()) return 'begins or ends with white space: remove it'
  if (/\p{Cc}/u.test(text))
    return 'holds a line break, a tab or another control character: remove it'
  if (isIllFormed(text)) return 'holds half of a character (a lone surrogate): write it again'
  if (Buffer.byteLength(text) > longestUri) return `is longer than ${longestUri} bytes: shorten it`
  if (URL.canParse(text)) return undefined
  if (!/^[a-z][a-z\d+.-]*:/i.test(text)) {
    return 'is not an absolute URL: begin with the scheme and the host, as in https://portal.exemplo.gov.br/callback'
  }
  return 'is not a URL: check the host and the port (1 to 65535)'
}

/** Why a text is a URL only because browsers repair it, each into something else than is written. */
function whyMisleading(text: string, url: URL): string | undefined {
  if (/^[^?#]*\\/.test(text)) return 'holds a backslash: write "/"'
  if (!/^https?:\/\/[^/?#]/i.test(text)) {
    return 'does not have exactly two slashes and a host after the scheme: write https://host/path'
  }
  const host = url.hostname.replace(/\.$/, '')
  if (!host.includes('*') && !host.startsWith('[') && isIP(host) === 0 && !isDnsName(host)) {
    return 'has a host that is no DNS name: labels have 1 to 63 letters, digits and inner hyphens'
  }
  return undefined
}

function notHttps(text: string, url: URL, path: PropertyPath): Problem {
  const message =
    /^[^:/?#]+:(?:\d|$)/.test(text) && !text.includes('://')
      ? 'has no scheme (what is before the colon is read as one): begin with https://'
      : `is not https (its scheme is ${quote(url.protocol.slice(0, -1))}): begin with https://`
  return refuse(path, message, 'URI_HTTPS_OBRIGATORIO')
}

function authorityOf(text: string): string {
  return /^[^:]*:\/\/([^/?#]*)/.exec(text)?.[1] ?? ''
}

function judgeForm(text: string, url: URL, path: PropertyPath): Problem[] {
  const problems: Problem[] = []
  const expected = normalForm(url)
  if (text !== expected) {
    problems.push(
      warn(
        path,
        `is not in its normal form and is sent as it is: an exact comparison with what browsers and libraries make of it will fail. Declare and use ${quote(expected)}`,
      ),
    )
  }
  if (url.hostname.includes('_')) {
    problems.push(
      warn(
        path,
        'has an underscore in its host, which RFC 1123 does not allow: strict servers refuse it',
      ),
    )
  }
  return problems
}
