import type { PscError } from '../errors.ts'
import { exchange, type Transport } from './call.ts'
import { issuerOf } from './issuers.ts'
import type { PscProfile } from './profiles/profile.ts'
import { bothRefused, isTokenRefused, isWrongSecret } from './refusals.ts'
import {
  type ClientDocument,
  clientMaintenanceRequest,
  type MaintenanceAnswer,
  readMaintenanceAnswer,
} from './requests/client-maintenance.ts'
import type { ClientCredentials } from './requests/client-token.ts'
import type { TokenCache } from './token-cache.ts'

/**
 * Writes a client's document: an application token, then the maintenance PUT. May be repeated at any time.
 *
 * A token that the PSC refuses (401 `TOKEN_DE_ACESSO_INVALIDO`) is replaced by a new one, once.
 *
 * @param newSecret sets the client's secret as well; see `rotate.ts`.
 * @throws {PscError} when the PSC refuses the client, the token or the document, cannot be reached, or answers with
 * something else, such as the data of another client.
 */
export async function maintainClient(
  profile: PscProfile,
  credentials: ClientCredentials,
  document: ClientDocument,
  tokens: TokenCache,
  transport: Transport,
  newSecret?: string,
): Promise<MaintenanceAnswer> {
  const issuer = issuerOf(profile)
  const attempt = async (accessToken: string) => {
    const request = clientMaintenanceRequest(profile, document, accessToken, newSecret)
    const response = await exchange(request, transport)
    const secrets = [accessToken, credentials.clientSecret, newSecret ?? '']
    return readMaintenanceAnswer(profile, document, request, response, ...secrets)
  }
  const obtain = () => tokens.obtain(issuer, credentials, transport)
  const { accessToken } = await obtain()
  try {
    return await attempt(accessToken)
  } catch (error) {
    if (!isTokenRefused(error)) throw error
    tokens.forget(issuer, credentials, accessToken)
    return await attempt((await obtain()).accessToken)
  }
}

/** A client whose secret may still be another one. */
export interface RotatingClient extends ClientCredentials {
  /** Resolves the secret that may still be in force; called only when the other one is refused. */
  readonly previousClientSecret: () => string
}

/**
 * Writes a client's document, and sets its secret if the PSC refuses it and accepts the previous one.
 *
 * Every step finds out anew where it stands, so a crash or a lost answer anywhere is mended by the next run: the new
 * secret is tried first, and once it is accepted nothing is set again.
 *
 * @throws {PscError} when the PSC refuses both secrets or the document, cannot be reached, or accepts the new secret and
 * does not let it in.
 * @throws what `previousClientSecret` throws.
 * @see DOC-ICP-17.01 v3.0, section 6.4: `client_secret`, the new secret, chosen by the client
 */
export async function maintainRotating(
  profile: PscProfile,
  client: RotatingClient,
  document: ClientDocument,
  tokens: TokenCache,
  transport: Transport,
): Promise<MaintenanceAnswer> {
  const issuer = issuerOf(profile)
  const write = () => maintainClient(profile, client, document, tokens, transport)
  const refusal = await tokens.obtain(issuer, client, transport).then(() => undefined, wrongSecret)
  if (!refusal) return write()
  const previous = { clientId: client.clientId, clientSecret: client.previousClientSecret() }
  if (previous.clientSecret === client.clientSecret) throw refusal
  let answer: MaintenanceAnswer
  try {
    await tokens.obtain(issuer, previous, transport).catch((error: unknown) => {
      throw isWrongSecret(error) ? bothRefused(refusal) : error
    })
    const { clientSecret } = client
    answer = await maintainClient(profile, previous, document, tokens, transport, clientSecret)
  } catch (error) {
    // What failed may have taken effect: the answer was lost, or its repetition came with a secret that is over.
    const isSet = await tokens.obtain(issuer, client, transport).then(
      () => true,
      () => false,
    )
    if (isSet) return write()
    throw error
  }
  tokens.forget(issuer, previous)
  await tokens.obtain(issuer, client, transport).catch((error: unknown) => {
    throw isWrongSecret(error) ? notInForce(error) : error
  })
  return answer
}

function notInForce(refusal: PscError): PscError {
  return refusal.reworded(
    `The PSC accepted a new secret and does not let it in: ${refusal.detail} Nothing is lost: apply again, and if it persists, declare the previous secret and ask its support.`,
    'ERR_PSC_UNEXPECTED_ANSWER',
  )
}

function wrongSecret(error: unknown): PscError {
  if (isWrongSecret(error)) return error
  throw error
}
