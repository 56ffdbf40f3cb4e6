import { covers, isLoopback, readHost } from './host-name.ts'

/** A refusal in the words of SERPRO's documents. */
export interface RedirectUriRefusal {
  readonly code:
    'URI_INVALIDA' | 'URI_HTTPS_OBRIGATORIO' | 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'
  readonly msg: string
}

/**
 * The redirect URIs that a PSC accepts:
 *
 * - `certificate`: https on a host of the certificate, or on any host where the application has no certificate
 * - `https`: https on any host
 * - `https-or-loopback`: https on any host, or http on this machine
 */
export type RedirectUriRule = 'certificate' | 'https' | 'https-or-loopback'

/**
 * Judges a redirect URI.
 *
 * @param names the subject alternative names of the certificate that registered the application
 * @returns `undefined` when the PSC would accept the URI
 *
 * @see PUT /client_maintenance: "Devem ser oriundas do host do certificado de equipamento apresentado, sendo vedada a
 * utilização de fragments(#)", and its list of errors
 */
export function judgeRedirectUri(
  uri: string,
  names: readonly string[] | undefined,
  rule: RedirectUriRule = 'certificate',
): RedirectUriRefusal | undefined {
  const invalid: RedirectUriRefusal = { code: 'URI_INVALIDA', msg: `URI inválida: ${uri}` }
  const parts = splitUri(uri)
  if (!parts || parts.fragment !== undefined) return invalid
  const hostText = hostOf(parts.authority ?? '')
  const host = hostText === undefined ? undefined : readHost(hostText)
  const onThisMachine = rule === 'https-or-loopback' && host !== undefined && isLoopback(host)
  if (parts.scheme !== 'https' && !(parts.scheme === 'http' && onThisMachine)) {
    return { code: 'URI_HTTPS_OBRIGATORIO', msg: `O protocolo da URI deve ser https: ${uri}` }
  }
  if (!host) return invalid
  if (rule !== 'certificate' || !names || names.some((name) => covers(name, host))) {
    return undefined
  }
  return {
    code: 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    msg: `URI não deriva do conjunto de subject alternative names do certificado: ${uri}`,
  }
}

/** The parts of a URI that the judgement needs. */
interface UriParts {
  /** Lower case, without the colon. */
  readonly scheme: string
  /** The part between `//` and the path; `undefined` without `//`. */
  readonly authority: string | undefined
  /** The part after `#`; `undefined` without `#`. */
  readonly fragment: string | undefined
}

/** RFC 3986, appendix B, with the scheme's own grammar. */
const parts = /^([A-Za-z][A-Za-z\d+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s

/** The characters of RFC 3986, and those of RFC 3987 outside ASCII that are neither spaces nor controls. */
const character = /^(?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-f]{2}|[^\p{ASCII}\p{Z}\p{C}])*$/iu

/** Splits an absolute URI as RFC 3986 does. Returns `undefined` for any other text. */
function splitUri(text: string): UriParts | undefined {
  const match = parts.exec(text)
  if (!match) return undefined
  const [, scheme = '', authority, path = '', query = '', fragment] = match
  // Only the authority can have square brackets, around an IP literal.
  if (![path, query, fragment ?? ''].every((part) => character.test(part))) return undefined
  return { scheme: scheme.toLowerCase(), authority, fragment }
}

/** Reads the host of an authority. Returns `undefined` for user info, an invalid port or an empty host. */
function hostOf(authority: string): string | undefined {
  const match = /^(\[[^\]@]*\]|[^:@[\]]+)(?::(\d*))?$/.exec(authority)
  if (!match) return undefined
  return Number(match[2] ?? '') > 65_535 ? undefined : match[1]
}
