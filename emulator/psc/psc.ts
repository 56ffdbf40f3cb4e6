import type { PscConfig } from '../config/schema.ts'
import { digestSecret } from '../config/secret.ts'
import type { SecretDigest } from '../config/secret.ts'
import type { AuthorizationRequest, Grant, Holder } from '../oauth/grants.ts'
import { Registry } from './registry.ts'
import { TokenStore } from './tokens.ts'
import type { Clock } from './tokens.ts'

/** One PSC at work: what it has registered and what it has issued. */
export interface Psc {
  readonly clients: Registry
  readonly secrets: ReadonlyMap<string, SecretDigest>
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

export function createPsc(config: PscConfig, holders: readonly Holder[], now: Clock): Psc {
  const clients = new Registry()
  const secrets = new Map<string, SecretDigest>()
  const lifetimes = new Map<string, number>()
  for (const client of config.clients) {
    const { clientId, comments, email, redirectUris, certificate } = client
    const name = client.name ?? clientId
    clients.add({ clientId, name, comments, email, redirectUris, certificate, revision: 0 })
    secrets.set(clientId, digestSecret(client.clientSecret, clientId))
    lifetimes.set(clientId, client.tokenLifetimeSeconds ?? config.tokenLifetimeSeconds)
  }
  return {
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
