import type { ClientDocument, MaintenanceAnswer } from './client-maintenance.ts'
import type { ClientCredentials } from '../tokens/client-token.ts'
import type { Transport } from '../answers/exchange.ts'
import { issuerOf } from '../tokens/issuer.ts'
import { maintainClient } from './maintain.ts'
import type { PscProfile } from '../profiles/profile.ts'
import { PscError } from '../answers/psc-error.ts'
import { bothRefused, isWrongSecret } from '../answers/refusals.ts'
import type { TokenCache } from '../tokens/token-cache.ts'

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

function notInForce({ message, pscCode, status }: PscError): PscError {
  return new PscError(
    'ERR_PSC_UNEXPECTED_ANSWER',
    `The PSC accepted a new secret and does not let it in: ${message} Nothing is lost: apply again, and if it persists, declare the previous secret and ask its support.`,
    { pscCode, ...(status !== undefined && { status }) },
  )
}

function wrongSecret(error: unknown): PscError {
  if (isWrongSecret(error)) return error
  throw error
}
