import type { PscConfig } from '../config/schema.ts'
import { digestSecret, type SecretDigest } from '../config/secret.ts'
import type { Manners } from './behaviour.ts'
import type { AuthorizationRequest, Grant, Holder } from './grants.ts'
import { Registry } from './registry.ts'
import { type Clock, TokenStore } from './tokens.ts'

/** One PSC at work: what it has registered and what it has issued. */
export interface Psc {
  readonly manners: Manners
  readonly clients: Registry
  readonly secrets: Map<string, SecretDigest>
  /** Application tokens: the client that each belongs to. */
  readonly applicationTokens: TokenStore<string>
  /** Requests that a person has on the screen. */
  readonly authorizations: TokenStore<AuthorizationRequest>
  readonly codes: TokenStore<Grant>
  readonly codeLifetimeSeconds: number
  readonly holders: readonly Holder[]
  /** Seconds, for one client's application token. */
  tokenLifetime(clientId: string): number
}

export function createPsc(
  manners: Manners,
  config: PscConfig,
  holders: readonly Holder[],
  now: Clock,
): Psc {
  const clients = new Registry()
  const secrets = new Map<string, SecretDigest>()
  const lifetimes = new Map<string, number>()
  for (const client of config.clients) {
    const { clientId, comments, email, certificate } = client
    const redirectUris = [...client.redirectUris, ...manners.addedUris]
    const name = client.name ?? clientId
    const application = { clientId, name, comments, email, redirectUris, revision: 0 }
    clients.add({ ...application, ...(certificate && { certificate }) })
    secrets.set(clientId, digestSecret(client.clientSecret, clientId))
    lifetimes.set(clientId, client.tokenLifetimeSeconds ?? config.tokenLifetimeSeconds)
  }
  return {
    manners,
    clients,
    secrets,
    applicationTokens: new TokenStore(now),
    authorizations: new TokenStore(now),
    codes: new TokenStore(now),
    codeLifetimeSeconds: config.codeLifetimeSeconds,
    holders,
    tokenLifetime: (clientId) => lifetimes.get(clientId) ?? config.tokenLifetimeSeconds,
  }
}
