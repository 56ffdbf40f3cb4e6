import { isIP } from 'node:net'
import { say, sayLater } from '../say.ts'
import { foreign, locateCharacter } from './characters.ts'
import { clientFields } from './client-fields.ts'
import { type Coverage, createCoverage, isDnsName } from './host-name.ts'
import { isLoopback } from './loopback.ts'
import { isUnknown, type Problem, type PropertyPath, refuse, warn, wrongType } from './problem.ts'
import { isIllFormed, quote } from './text.ts'

/**
 * Names the redirect URIs that a PSC accepts:
 *
 * - `certificate`: https, on a host of the certificate that registered the client
 * - `https`: https, on any host
 * - `https-or-loopback`: https on any host, or http on this machine (RFC 8252, section 7.3)
 */
export type RedirectUriRule = 'certificate' | 'https' | 'https-or-loopback'

/** Holds the certificate's names that redirect URIs are compared with. */
export interface KnownHosts {
  /** The known names, as the certificate has them. */
  readonly hosts: readonly string[]
  /** Whether these are all names. If not, no host can be refused yet. */
  readonly complete: boolean
  /** The names of the certificate that this one replaces. */
  readonly previousHosts?: readonly string[] | undefined
}

/**
 * Finds every problem of a list of redirect URIs. Skips elements that are not known yet. Under every rule, compares the
 * hosts of https URIs with the names of a declared certificate.
 */
export function validateRedirectUris(
  uris: unknown,
  names: KnownHosts,
  rule: RedirectUriRule = 'certificate',
): Problem[] {
  const path = ['redirectUris']
  if (isUnknown(uris)) return []
  if (uris === undefined || uris === null || (Array.isArray(uris) && uris.length === 0)) {
    const message = say`there is no redirect URI. Give at least one; the first is the default.`
    return [refuse(path, message, 'PELO_MENOS_UMA_REDIRECT_URI')]
  }
  if (!Array.isArray(uris)) return [wrongType(path, uris, say`a list of strings`)]
  const validateHost = createHostValidator(names, rule)
  const findRepetition = createRepetitionFinder()
  // Array.from: a hole in a list is an element that is missing.
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    if (isUnknown(uri)) return []
    if (typeof uri !== 'string') return [wrongType(at, uri, say`a string`)]
    const { problems, hostname, normalForm } = readRedirectUri(uri, at, rule)
    return [
      ...problems,
      ...(hostname === undefined ? [] : validateHost(hostname, at)),
      ...findRepetition(uri, normalForm, index),
    ]
  })
}

function createHostValidator(
  names: KnownHosts,
  rule: RedirectUriRule,
): (hostname: string, path: Problem['path']) => Problem[] {
  if (!names.complete) return () => []
  const now = createCoverage(names.hosts)
  const before = createCoverage(names.previousHosts ?? [])
  return (hostname, path) =>
    now.covers(hostname)
      ? []
      : [
          refuse(
            path,
            outsideMessage(hostname, now, before.covers(hostname), rule),
            'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
          ),
        ]
}

function outsideMessage(
  hostname: string,
  names: Coverage,
  coveredBefore: boolean,
  rule: RedirectUriRule,
): string {
  const isAddress = hostname.startsWith('[') || isIP(hostname) !== 0
  const name = quote(hostname)
  return [
    isAddress
      ? coveredBefore
        ? say`the IP address ${name} is no longer covered by the certificate (the certificate that it replaces covers it).`
        : say`the IP address ${name} is not covered by the certificate.`
      : coveredBefore
        ? say`the host ${name} is no longer covered by the certificate (the certificate that it replaces covers it).`
        : say`the host ${name} is not covered by the certificate.`,
    say`Its subject alternative names are ${names.describe(hostname)}.`,
    rule === 'certificate'
      ? say`Use a host that it names, or register again with another certificate.`
      : say`Use a host that it names, or remove certificate: this PSC does not compare redirect URIs with one.`,
  ].join(' ')
}

function createRepetitionFinder(): (
  uri: string,
  normalForm: string | undefined,
  index: number,
) => Problem[] {
  const byText = new Map<string, number>()
  const byForm = new Map<string, number>()
  return (uri, normalForm, index) => {
    const path = ['redirectUris', index]
    const sameText = remember(byText, uri, index)
    const sameForm = normalForm === undefined ? undefined : remember(byForm, normalForm, index)
    if (sameText !== undefined) {
      const message = say`the URI equals redirectUris[${sameText}]. Remove one of them.`
      return [refuse(path, message, 'ERR_PSC_URI_REPEATED')]
    }
    if (sameForm === undefined) return []
    const message = say`the URI is redirectUris[${sameForm}] in another form. Remove one of them.`
    return [warn(path, message, 'WARN_PSC_URI_REPEATED')]
  }
}

/** Stores the first index of a key, and returns the earlier one if there is one. */
function remember(seen: Map<string, number>, key: string, index: number): number | undefined {
  const earlier = seen.get(key)
  if (earlier === undefined) seen.set(key, index)
  return earlier
}

/** In bytes. */
const longestUri = clientFields.redirectUris.maxLength

/** Holds a redirect URI's problems, and what the rules about hosts need. */
interface RedirectUri {
  readonly problems: readonly Problem[]
  /** As `URL.hostname` gives it; missing where there is no host to compare. */
  readonly hostname?: string
  /** Missing where the text is not a URL that could be registered. */
  readonly normalForm?: string
}

const messages = {
  userInfo: sayLater`the URI has a user before its host ("user@"). A redirect URI is public: remove it.`,
  fragment: sayLater`the URI has a fragment ("#"), which the PSC forbids even if it is empty. Remove the "#" and what follows it.`,
  wildcard: sayLater`the URI has a wildcard ("*"), and the PSC compares redirect URIs exactly. Declare each URI; write a literal asterisk as %2A.`,
  notInNormalForm: (form: string) =>
    say`the URI is not in its normal form. It is sent as declared, and browsers and libraries use another form: an exact comparison fails. Declare and use ${form}.`,
  keptByBrowsers: (form: string) =>
    say`the URI is not in its normal form. It is sent as declared. Browsers leave it so, but strict libraries use another form: an exact comparison fails. Declare and use ${form}.`,
  notEscaped: sayLater`It also contains characters that RFC 3986 wants escaped: a strict server refuses it (URI_INVALIDA).`,
  underscore: sayLater`the host has an underscore, which RFC 1123 does not allow: a strict server may refuse the URI. Use another host.`,
}

/**
 * Reads one redirect URI and validates what can be validated from its text alone. No message repeats the
 * text, because it could hold a password. Its host and its normal form hold none.
 *
 * @see the NeoID document of `PUT /client_maintenance`, field `redirect_uris`
 */
function readRedirectUri(text: string, path: PropertyPath, rule: RedirectUriRule): RedirectUri {
  const unreadable = whyUnreadable(text)
  if (unreadable !== undefined) return { problems: [refuse(path, unreadable, 'URI_INVALIDA')] }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problems: [notHttps(text, url, path, rule)] }
  }
  const misleading = whyMisleading(text, url)
  if (misleading !== undefined) return { problems: [refuse(path, misleading, 'URI_INVALIDA')] }

  const problems: Problem[] = []
  const wildcardHost = url.hostname.includes('*')
  const onThisMachine = rule === 'https-or-loopback' && isThisMachine(url)
  if (url.protocol === 'http:' && !onThisMachine) problems.push(notHttps(text, url, path, rule))
  if (authorityOf(text).includes('@')) {
    problems.push(refuse(path, messages.userInfo(), 'ERR_PSC_URI_USER_INFO'))
  }
  if (text.includes('#')) {
    problems.push(refuse(path, messages.fragment(), 'ERR_PSC_URI_FRAGMENT'))
  }
  if (wildcardHost || text.includes('*')) {
    problems.push(refuse(path, messages.wildcard(), 'ERR_PSC_URI_WILDCARD'))
  }
  if (problems.length === 0) problems.push(...validateForm(text, url, path))
  return {
    problems,
    normalForm: normalForm(url),
    // No certificate covers an accepted http URI.
    ...(!wildcardHost &&
      !(url.protocol === 'http:' && onThisMachine) && { hostname: url.hostname }),
  }
}

/** Says why a text is not a URL. The declared text counts, not what a lenient parser makes of it. */
function whyUnreadable(text: string): string | undefined {
  if (text.trim() === '') {
    return say`the URI is empty. Give the https address to which the PSC sends the user.`
  }
  const wrong = locateCharacter(text, foreign)
  if (wrong !== undefined) return say`the URI contains ${wrong}. Remove it.`
  if (text !== text.trim()) return say`the URI begins or ends with white space. Remove it.`
  if (isIllFormed(text))
    return say`the URI contains half a character (a lone surrogate). Type it again.`
  if (Buffer.byteLength(text) > longestUri) {
    return say`the URI is longer than ${longestUri} bytes, and servers may refuse it. Shorten it.`
  }
  if (URL.canParse(text)) return undefined
  return /^[a-z][a-z\d+.-]*:/i.test(text)
    ? say`the value is not a URL. Check the host and the port (0 to 65535).`
    : say`the value is not an absolute URL. Begin with the scheme and the host, as in https://portal.exemplo.gov.br/callback.`
}

/** Says why a text is a URL only because browsers repair it into another one. */
function whyMisleading(text: string, url: URL): string | undefined {
  if (/^[^?#]*\\/.test(text)) return say`the URI contains a backslash. Write "/".`
  if (!/^https?:\/\/[^/?#]/i.test(text)) {
    return say`the URI does not have exactly two slashes and a host after its scheme. Write https://host/path.`
  }
  const host = url.hostname.replace(/\.$/, '')
  const named = !host.startsWith('[') && !host.includes('*') && isIP(host) === 0
  return named && !isDnsName(host)
    ? say`the host is not a DNS name: a label has 1 to 63 letters, digits and inner hyphens, the whole at most 253. Correct it.`
    : undefined
}

/** Names below localhost are left out: a browser and a PSC may resolve them differently. */
function isThisMachine({ hostname }: URL): boolean {
  return isLoopback(hostname) && !hostname.endsWith('.localhost')
}

function notHttps(text: string, url: URL, path: PropertyPath, rule: RedirectUriRule): Problem {
  const scheme = quote(url.protocol.slice(0, -1))
  const message = /^[^:/?#]+:\d/.test(text)
    ? say`the URI has no scheme, and its host is read as one. Begin with https://.`
    : rule === 'https-or-loopback'
      ? say`the URI is not https: its scheme is ${scheme}. Begin with https://, or use http with localhost, 127.0.0.1 or [::1].`
      : say`the URI is not https: its scheme is ${scheme}. Begin with https://.`
  return refuse(path, message, 'URI_HTTPS_OBRIGATORIO')
}

function authorityOf(text: string): string {
  return /^[^:]*:\/\/([^/?#]*)/.exec(text)?.[1] ?? ''
}

function validateForm(text: string, url: URL, path: PropertyPath): Problem[] {
  const problems: Problem[] = []
  const expected = normalForm(url)
  const forbidden = whyForbidden(text)
  if (forbidden !== undefined) {
    problems.push(warn(path, forbidden, 'WARN_PSC_URI_NORMAL_FORM'))
  } else if (text !== expected) {
    const form = quote(expected, longestUri * 3)
    const message =
      text === url.href ? messages.keptByBrowsers(form) : messages.notInNormalForm(form)
    const whole = isEscaped(text) ? message : `${message} ${messages.notEscaped()}`
    problems.push(warn(path, whole, 'WARN_PSC_URI_NORMAL_FORM'))
  }
  if (url.hostname.includes('_')) {
    problems.push(warn(path, messages.underscore(), 'WARN_PSC_URI_UNDERSCORE'))
  }
  return problems
}

/**
 * Explains a sign of ASCII, after the host, that RFC 3986 does not allow there; undefined without one. Most often a template,
 * a list or a table left it, so that its escape is not what the author means.
 */
function whyForbidden(text: string): string | undefined {
  const rest = text.slice(text.indexOf('//') + 2 + authorityOf(text).length)
  const [sign] = /[ "<>[\]{}|^`\\]|%(?![\da-f]{2})/i.exec(rest) ?? []
  if (sign === undefined) return undefined
  const what =
    sign === ' ' ? say`a space` : sign === '%' ? say`a "%" that begins no escape` : quote(sign)
  return say`the URI contains ${what}, which RFC 3986 does not allow: a strict server refuses it (URI_INVALIDA), and an exact comparison fails. Remove it. Only if the address of the application has it, write ${encodeURIComponent(sign)}.`
}

/** Tells whether a text has only characters of RFC 3986, and "%" only where it begins an escape. */
function isEscaped(text: string): boolean {
  return /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})*$/i.test(text)
}

/**
 * Writes a URL in the form that an exact comparison expects: as `URL` has it, the host without a trailing
 * dot, every character that RFC 3986 does not allow percent-encoded, escapes in upper case, and
 * none where none is needed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
function normalForm(url: URL): string {
  const host = url.hostname.replace(/(?<=[^.])\.$/, '')
  const port = url.port === '' ? '' : `:${url.port}`
  const rest = url.href.slice(url.href.indexOf('/', url.protocol.length + 2))
  return `${url.protocol}//${host}${port}${escapeRest(rest)}`
}

function escapeRest(rest: string): string {
  // Most URIs need no change. Must match whatever a line below can change.
  if (!/[^\w\-.~:/?#@!$&'()*+,;=]/u.test(rest)) return rest
  return rest
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~:/?#@!$&'()*+,;=%]/gu, (character) => encodeURIComponent(character))
    .replace(/%[\da-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      return /[\w\-.~]/.test(character) ? character : escape.toUpperCase()
    })
}
