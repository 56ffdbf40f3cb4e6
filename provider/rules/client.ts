import { say } from '../say.ts'
import { validateCertificate } from './certificate-rules.ts'
import { validateClientSecret, validatePreviousClientSecret } from './client-secret.ts'
import {
  preferDebris,
  validateExact,
  validateProse,
  validateSecretDebris,
  validateUriDebris,
} from './debris.ts'
import { validateEmail } from './email.ts'
import { type Problem, refuse, unknownValue } from './problem.ts'
import { type RedirectUriRule, validateRedirectUris } from './redirect-uris.ts'
import { isRecord } from './text.ts'
import { validateClientId, validateComments, validateName } from './texts.ts'

/** Sets what the rules need besides the declaration. */
export interface ValidateOptions {
  readonly now: Date
  /** Days before a certificate's end from which on there is a warning; default 30. */
  readonly certificateExpiryWarningDays?: number
  /** The names of the certificate that this one replaces, for clearer messages. */
  readonly previousHosts?: readonly string[]
  /** Which redirect URIs the PSC accepts; default `certificate`, which also requires a certificate. */
  readonly redirectUriRule?: RedirectUriRule
  /** Whether the client is to be written at its PSC; default true. */
  readonly isWritten?: boolean
}

/**
 * Finds every problem of one client's declaration, errors and warnings, field by field. Skips values
 * that are not known yet (`unknownValue`, at any depth). Never throws, for any value.
 *
 * @param declaration the fields of a client; other properties are not read
 */
export function validateClient(
  declaration: Readonly<Record<string, unknown>>,
  options: ValidateOptions,
): Problem[] {
  if (!isRecord(declaration)) {
    return [refuse([], say`a client must be an object with its fields.`, 'ERR_PSC_TYPE')]
  }
  const { redirectUriRule: rule = 'certificate', previousHosts } = options
  const isLeftOut = rule !== 'certificate' && declaration.certificate == null
  const certificate = validateCertificate(
    isLeftOut ? unknownValue : declaration.certificate,
    options,
  )
  const rules = [
    ...validateClientId(declaration.clientId),
    ...validateClientSecret(declaration.clientSecret),
    ...validatePreviousClientSecret(declaration.previousClientSecret, declaration.clientSecret),
    ...validateName(declaration.name),
    ...validateComments(declaration.comments),
    ...validateEmail(declaration.email),
    ...validateRedirectUris(declaration.redirectUris, { ...certificate, previousHosts }, rule),
    ...certificate.problems,
  ]
  return preferDebris(findClientDebris(declaration), rules)
}

function findClientDebris(declaration: Readonly<Record<string, unknown>>): Problem[] {
  return [
    ...validateCredentialDebris(declaration),
    ...validateSecretDebris(['previousClientSecret'], declaration.previousClientSecret),
    ...validateProse(['name'], declaration.name),
    ...validateProse(['comments'], declaration.comments),
    ...validateExact(['email'], declaration.email),
    ...validateUriDebris(['redirectUris'], declaration.redirectUris),
  ]
}

function validateCredentialDebris(declaration: Readonly<Record<string, unknown>>): Problem[] {
  return [
    ...validateExact(['clientId'], declaration.clientId),
    ...validateSecretDebris(['clientSecret'], declaration.clientSecret),
  ]
}

/**
 * Finds every problem of a credential's `clientId` and `clientSecret`, by the rules of a client. Skips values that are
 * not known yet. Never throws.
 */
export function validateCredential(declaration: Readonly<Record<string, unknown>>): Problem[] {
  const rules = [
    ...validateClientId(declaration.clientId),
    ...validateClientSecret(declaration.clientSecret),
  ]
  return preferDebris(validateCredentialDebris(declaration), rules)
}
