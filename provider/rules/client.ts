import { judgeCertificate } from './certificate-rules.ts'
import { judgeClientSecret, judgePreviousClientSecret } from './client-secret.ts'
import { judgeClientId, judgeComments, judgeEmail, judgeName } from './fields.ts'
import { type Problem, refuse } from './problem.ts'
import { judgeRedirectUris } from './redirect-uris.ts'
import { isRecord } from './text.ts'

/** What the rules need to know besides the declaration. */
export interface JudgeOptions {
  readonly now: Date
  /** Days before a certificate's end from which on there is a warning; default 30. */
  readonly certificateExpiryWarningDays?: number
  /** The names of the certificate that this one replaces, for clearer messages. */
  readonly previousHosts?: readonly string[]
}

/**
 * Every problem of one client's declaration, errors and warnings, field by field. Judges what is
 * known and passes over what is not (`unknownValue`, at any depth). Never throws, whatever it is
 * given.
 *
 * @param declaration `clientId`, `clientSecret`, `previousClientSecret`, `name`, `comments`,
 *   `email`, `redirectUris`, `certificate`; other properties are not read
 */
export function judgeClient(
  declaration: Readonly<Record<string, unknown>>,
  options: JudgeOptions,
): Problem[] {
  if (!isRecord(declaration)) return [refuse([], 'A client must be an object with its properties.')]
  const certificate = judgeCertificate(declaration.certificate, options)
  return [
    ...judgeClientId(declaration.clientId),
    ...judgeClientSecret(declaration.clientSecret),
    ...judgePreviousClientSecret(declaration.previousClientSecret, declaration.clientSecret),
    ...judgeName(declaration.name),
    ...judgeComments(declaration.comments),
    ...judgeEmail(declaration.email),
    ...judgeRedirectUris(declaration.redirectUris, {
      ...certificate,
      previousHosts: options.previousHosts,
    }),
    ...certificate.problems,
  ]
}

/**
 * Every problem of a credential's `clientId` and `clientSecret`, which are judged as those of a client. Passes over
 * what is not known yet. Never throws.
 */
export function judgeCredential(declaration: Readonly<Record<string, unknown>>): Problem[] {
  return [...judgeClientId(declaration.clientId), ...judgeClientSecret(declaration.clientSecret)]
}
