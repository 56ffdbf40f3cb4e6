import type { dynamic } from '@pulumi/pulumi'
import { applicationCertRequest, applicationRequest } from '../../psc/application.ts'
import { readSigner, signApplication } from '../../psc/application-jws.ts'
import type { PscProfile } from '../../psc/profile.ts'
import { LostAnswerError, register } from '../../psc/register.ts'
import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import {
  certificatePem,
  type RegistrationInputs,
  type RegistrationOutputs,
  toApplication,
} from './declaration.ts'
import { RegistrationLostError } from './lost.ts'

/**
 * Registers an application, by one request that is never repeated. The engine writes the state, with the secret in
 * it, before anything that depends on it is done.
 *
 * @throws {PscError} when it is sure that nothing was registered.
 * @throws {RegistrationLostError} when it is not; the engine keeps the resource as not settled.
 * @throws {SecretUnavailableError | PrivateKeyError}
 */
export async function create(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const inputs = readDeclaration(properties) as unknown as RegistrationInputs
  const profile = context.profile(inputs.psc)
  const request = toRequest(context, inputs, profile)
  try {
    const credentials = await register(request, context.transport(profile))
    const { psc, name, comments, email, redirectUris } = inputs
    const outs: RegistrationOutputs = { psc, name, comments, email, redirectUris, ...credentials }
    return { id: credentials.clientId, outs }
  } catch (error) {
    if (error instanceof LostAnswerError)
      throw new RegistrationLostError(inputs, profile.name, error)
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
  return applicationCertRequest(profile, signApplication(application, profile.audience, signer))
}
