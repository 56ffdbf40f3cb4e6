import type { dynamic } from '@pulumi/pulumi'
import { applicationCertRequest, applicationRequest } from '../../psc/registration/application.ts'
import { readSigner, signApplication } from '../../psc/registration/application-jws.ts'
import type { PscProfile } from '../../psc/profiles/profile.ts'
import { LostAnswerError, register } from '../../psc/registration/register.ts'
import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { isExplained } from '../error.ts'
import {
  certificatePem,
  type RegistrationInputs,
  type RegistrationOutputs,
  toApplication,
} from './declaration.ts'
import { RegistrationFailedError, RegistrationPendingError } from './failure.ts'
import { thisRun } from './run.ts'

/**
 * Registers an application, by one request that is never repeated. The attempt is in the state already; the engine
 * writes the outcome, with the secret in it, before anything that depends on it is done.
 *
 * @throws what {@link attempt} throws.
 */
export async function create(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const { psc, name } = readDeclaration(properties) as unknown as RegistrationInputs
  // Not the client's identifier: there is none after a failure, and an id can not change.
  const id = `${context.profile(psc).name}:${name}`
  return { id, outs: await attempt(context, id, properties) }
}

/**
 * Sends the request, if this very run has announced it.
 *
 * @throws {RegistrationFailedError} the engine keeps the resource as not settled.
 * @throws {RegistrationPendingError} for an attempt that an earlier run announced.
 */
export async function attempt(
  context: Context,
  id: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<RegistrationOutputs> {
  const inputs = readDeclaration(properties) as unknown as RegistrationInputs
  const profile = context.profile(inputs.psc)
  if (inputs.run !== thisRun) throw new RegistrationPendingError(undefined, inputs, profile.name)
  const fail = (failed: 'refused' | 'lost', { message }: Error, clue?: string) =>
    new RegistrationFailedError(
      { ...inputs, __provider: properties.__provider },
      id,
      failed,
      profile.name,
      message,
      clue,
    )
  try {
    const request = toRequest(context, inputs, profile)
    const credentials = await register(request, context.transport(profile))
    const { psc, name, comments, email, redirectUris } = inputs
    return { psc, name, comments, email, redirectUris, ...credentials }
  } catch (error) {
    if (error instanceof LostAnswerError) throw fail('lost', error, error.clue)
    if (isExplained(error)) throw fail('refused', error)
    throw error
  }
}

function toRequest(context: Context, inputs: RegistrationInputs, profile: PscProfile) {
  const application = toApplication(inputs)
  if (profile.registration === 'application') return applicationRequest(profile, application)
  const { certificate, privateKey } = inputs
  // What check has made sure of.
  const pem = certificatePem(certificate) ?? ''
  const signer = readSigner(pem, privateKey === undefined ? '' : context.secret(privateKey))
  const text = signApplication(application, profile.audience ?? '', signer)
  return applicationCertRequest(profile, text)
}
