import {
  type ClientDocument,
  clientMaintenanceRequest,
  type MaintenanceAnswer,
  readMaintenanceAnswer,
} from './client-maintenance.ts'
import type { ClientCredentials } from '../tokens/client-token.ts'
import { exchange, type Transport } from '../answers/exchange.ts'
import { issuerOf } from '../tokens/issuer.ts'
import type { PscProfile } from '../profiles/profile.ts'
import { isTokenRefused } from '../answers/refusals.ts'
import type { TokenCache } from '../tokens/token-cache.ts'

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
