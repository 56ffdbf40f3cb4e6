import type { Context } from '../engine/context.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { CertificateError, FileError, PrivateKeyError, SecretUnavailableError } from '../errors.ts'
import {
  preferPscProblems,
  validateByRegistration,
  validateByRule,
  validateOwnUris,
} from '../psc/profiles/capabilities.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { readSigner, type Signer } from '../psc/requests/application-jws.ts'
import { readNamed } from '../read-file.ts'
import { readCertificate } from '../rules/certificate.ts'
import { readHostName } from '../rules/host-name.ts'
import { validateExact, validateSecretDebris } from '../rules/debris.ts'
import {
  describeProblem,
  formatPath,
  isUnknown,
  type Problem,
  refuse,
  unknownValue,
  wrongType,
} from '../rules/problem.ts'
import { isRecord, quote } from '../rules/text.ts'
import { describeRegistration, type RegistrationInputs } from './inputs.ts'

/** Validates a registration. Shows the warnings and returns the errors. */
export function validateRegistration(
  context: Context,
  declared: Declared<RegistrationInputs>,
): string[] {
  const { profile, failure } = context.findProfile(declared.psc)
  if (failure !== undefined) return [failure]
  const problems = [
    ...(profile ? validateByRegistration(profile, declared) : []),
    ...validateApplication(profile, declared),
  ]
  for (const problem of problems) {
    if (problem.severity === 'warning') {
      const { code, path, message } = problem
      context.warn(code, `${describeRegistration(declared)}: ${formatPath(path)}: ${message}`)
    }
  }
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errors.map(describeProblem)
  if (!profile) return []
  context.warnUnconfirmed(profile, ['baseUrl', 'registration', 'ownUriSchemes', 'redirectUriRule'])
  return profile.registration === 'application_cert' ? validateKey(context, declared) : []
}

/** Validates by the rules of a client, without what only a registered one has. */
function validateApplication(
  profile: PscProfile | undefined,
  declared: Declared<RegistrationInputs>,
): Problem[] {
  const own = [
    ...(profile ? validateOwnUris(profile, declared.redirectUris) : []),
    ...validateHost(declared.host),
    // A key in clear text is an error of its own.
    ...(isRecord(declared.privateKey)
      ? validateSecretDebris(['privateKey'], declared.privateKey)
      : []),
  ]
  let certificate: unknown = unknownValue
  try {
    const pem = certificatePem(declared.certificate)
    if (pem?.includes('PRIVATE KEY') === true) {
      const message =
        'the text holds a private key beside the certificate. Give the certificate alone, and the key as privateKey.'
      own.push(refuse(['certificate'], message, 'ERR_PSC_CERTIFICATE'))
    }
    if (pem !== undefined) certificate = readCertificate(pem)
    else if (isRecord(declared.certificate) && 'hosts' in declared.certificate) {
      certificate = declared.certificate
    }
  } catch (error) {
    if (!(error instanceof CertificateError || error instanceof FileError)) throw error
    own.push(refuse(['certificate'], error.detail, error.code))
  }
  const registered = { clientId: unknownValue, clientSecret: unknownValue }
  const application = { ...declared, ...registered, certificate }
  return preferPscProblems(own, validateByRule(profile, application, { now: new Date() }))
}

/** Validates the host of the application, which may be left out: a host alone. */
function validateHost(host: unknown): Problem[] {
  const path = ['host']
  if (host === undefined || host === null || isUnknown(host)) return []
  if (typeof host !== 'string') return [wrongType(path, host, 'the name of a host')]
  const placeholders = validateExact(path, host)
  if (placeholders.length > 0) return placeholders
  const name = readHostName(host)
  if (name.kind === 'dns' || name.kind === 'ip') return []
  const reason = name.kind === 'none' ? name.reason : 'has a wildcard'
  const message = `the host ${quote(host)} ${reason}. Write it as in portal.exemplo.gov.br.`
  return [refuse(path, message, 'ERR_PSC_HOST')]
}

/** Tries the private key where it is available, so that a preview finds one that does not fit. */
function validateKey(context: Context, declared: Declared<RegistrationInputs>): string[] {
  const { certificate, privateKey } = declared
  if (certificatePem(certificate) === undefined) return []
  if (privateKey === undefined || !isKnown<SecretReference>(privateKey)) return []
  try {
    readKey(context, { certificate, privateKey })
    return []
  } catch (error) {
    if (error instanceof PrivateKeyError) return [`privateKey: ${error.message}`]
    if (!(error instanceof SecretUnavailableError)) throw error
    context.warn(
      'WARN_PSC_SECRET_UNAVAILABLE',
      `${describeRegistration(declared)}: privateKey was not tried: ${error.detail}`,
    )
    return []
  }
}

/**
 * Reads the key and the certificate that sign a registration.
 *
 * @throws {SecretUnavailableError} for a private key that is not available here.
 * @throws {PrivateKeyError} for one that cannot be used.
 */
export function readKey(
  context: Context,
  {
    certificate,
    privateKey,
  }: { readonly certificate?: unknown } & Pick<RegistrationInputs, 'privateKey'>,
): Signer {
  const key = privateKey === undefined ? '' : context.secret(privateKey)
  return readSigner(certificatePem(certificate) ?? '', key)
}

/**
 * Reads the PEM text of a declared certificate; undefined where only its names are declared, or it is not known yet.
 *
 * @throws {FileError} for a file that cannot be read.
 */
export function certificatePem(certificate: unknown): string | undefined {
  if (!isRecord(certificate) || !isKnown(certificate)) return undefined
  const { pem, file } = certificate
  if (typeof pem === 'string') return pem
  if (typeof file !== 'string') return undefined
  return readNamed(file)
}
