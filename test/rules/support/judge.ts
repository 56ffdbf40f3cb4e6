import { validateClient, type ValidateOptions } from '../../../provider/rules/client.ts'
import { formatPath } from '../../../provider/rules/problem.ts'

/** A declaration without any problem. */
export const soundClient = {
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br', '*.exemplo.gov.br'] },
}

export const now = new Date('2026-06-15T12:00:00Z')

/** The problems of the sound client with some properties changed. */
export function judge(
  changes: Readonly<Record<string, unknown>>,
  options?: Partial<ValidateOptions>,
) {
  return validateClient({ ...soundClient, ...changes }, { now, ...options })
}

/** The same as lines: `error redirectUris[0] URI_INVALIDA`. */
export function verdicts(
  changes: Readonly<Record<string, unknown>>,
  options?: Partial<ValidateOptions>,
): string[] {
  return judge(changes, options).map(({ severity, path, code }) =>
    [severity, formatPath(path), code].join(' '),
  )
}
