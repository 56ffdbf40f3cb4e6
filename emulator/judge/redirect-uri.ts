import { covers, readHost } from './host-name.ts'
import { hostOf, splitUri } from './uri.ts'

/** A refusal in the PSC's own words. */
export interface RedirectUriRefusal {
  readonly code:
    'URI_INVALIDA' | 'URI_HTTPS_OBRIGATORIO' | 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'
  readonly msg: string
}

/**
 * Judges one redirect URI against the subject alternative names of the certificate that registered the application.
 * `undefined` means that the PSC would take it.
 *
 * @param names `undefined` where no certificate registered the application: then any host is taken
 *
 * @see PUT /client_maintenance: "Devem ser oriundas do host do certificado de equipamento apresentado, sendo vedada a
 * utilização de fragments(#)", and its list of errors
 */
export function judgeRedirectUri(
  uri: string,
  names: readonly string[] | undefined,
): RedirectUriRefusal | undefined {
  const invalid: RedirectUriRefusal = { code: 'URI_INVALIDA', msg: `URI inválida: ${uri}` }
  const parts = splitUri(uri)
  if (!parts || parts.fragment !== undefined) return invalid
  if (parts.scheme !== 'https') {
    return { code: 'URI_HTTPS_OBRIGATORIO', msg: `O protocolo da URI deve ser https: ${uri}` }
  }
  const hostText = hostOf(parts.authority ?? '')
  const host = hostText === undefined ? undefined : readHost(hostText)
  if (!host) return invalid
  if (names === undefined || names.some((name) => covers(name, host))) return undefined
  return {
    code: 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    msg: `URI não deriva do conjunto de subject alternative names do certificado: ${uri}`,
  }
}
