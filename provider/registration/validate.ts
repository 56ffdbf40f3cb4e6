import type { Context } from '../engine/context.ts'
import type { SecretReference } from '../engine/secret.ts'
import { hasUnknown } from '../engine/unknown.ts'
import {
  CertificateError,
  isExplained,
  PrivateKeyError,
  SecretUnavailableError,
} from '../errors.ts'
import { judgeOwnUris, judgeRegistration } from '../psc/profiles/capabilities.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { readSigner } from '../psc/requests/application-jws.ts'
import { validateClient } from '../rules/client.ts'
import {
  describeProblem,
  formatPath,
  type Problem,
  refuse,
  unknownValue,
} from '../rules/problem.ts'
import { certificateNames, certificatePem, describeRegistration } from './inputs.ts'

/** Why what is to be registered is refused, and in warnings what else there is to say of it. */
export function judgeNew(context: Context, declared: Readonly<Record<string, unknown>>): string[] {
  const profile = readProfile(context, declared.psc)
  if (typeof profile === 'string') return [profile]
  const problems = [
    ...(profile ? judgeRegistration(profile, declared) : []),
    ...judgeApplication(profile, declared),
  ]
  for (const problem of problems) {
    if (problem.severity === 'warning') {
      context.warn(`${describeRegistration(declared)}: ${describeProblem(problem)}`)
    }
  }
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errors.map(describeProblem)
  if (!profile) return []
  context.warnUnconfirmed(profile, ['baseUrl', 'registration', 'ownUriSchemes'])
  return profile.registration === 'application_cert' ? judgeKey(context, declared) : []
}

/** By the rules of a client, without what only a registered one has. */
function judgeApplication(
  profile: PscProfile | undefined,
  declared: Readonly<Record<string, unknown>>,
): Problem[] {
  const own = profile ? judgeOwnUris(profile, declared.redirectUris) : []
  const paths = new Set(own.map(({ path }) => formatPath(path)))
  let certificate: unknown = unknownValue
  try {
    if (certificatePem(declared.certificate)?.includes('PRIVATE KEY') === true) {
      const message =
        'This holds a private key beside the certificate. Give the certificate alone, and the key as privateKey.'
      own.push(refuse(['certificate'], message, 'ERR_PSC_CERTIFICATE'))
    }
    certificate = certificateNames(declared.certificate) ?? unknownValue
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error
    own.push(refuse(['certificate'], error.detail, error.code))
  }
  const registered = { clientId: unknownValue, clientSecret: unknownValue }
  const rules = validateClient({ ...declared, ...registered, certificate }, { now: new Date() })
  return [...own, ...rules.filter(({ path }) => !paths.has(formatPath(path)))]
}

function judgeKey(context: Context, declared: Readonly<Record<string, unknown>>): string[] {
  const pem = certificatePem(declared.certificate)
  if (pem === undefined || hasUnknown(declared.privateKey)) return []
  try {
    readSigner(pem, context.secret(declared.privateKey as SecretReference))
    return []
  } catch (error) {
    if (error instanceof PrivateKeyError) return [`privateKey: ${error.message}`]
    if (!(error instanceof SecretUnavailableError)) throw error
    context.warn(`${describeRegistration(declared)}: privateKey was not tried: ${error.detail}`)
    return []
  }
}

function readProfile(context: Context, psc: unknown): PscProfile | string | undefined {
  if (hasUnknown(psc)) return undefined
  try {
    return context.profile(psc)
  } catch (error) {
    if (!isExplained(error)) throw error
    return error.code === 'ERR_PSC_PROFILE' ? `psc: ${error.message}` : error.message
  }
}
