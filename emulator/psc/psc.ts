import { createHash, timingSafeEqual } from 'node:crypto'
import type { Behaviour } from './behaviour.ts'
import { type ClientChanges, ClientRegistry, type RegisteredClient } from './clients.ts'
import type { AuthorizationRequest, Grant, Holder } from './grants.ts'
import { type Clock, TokenStore } from './tokens.ts'

/** What a PSC starts with. Lifetimes are in seconds. */
export interface PscSettings {
  readonly tokenLifetimeSeconds: number
  readonly codeLifetimeSeconds: number
  readonly clients: readonly ClientSettings[]
}

interface ClientSettings {
  readonly clientId: string
  readonly clientSecret: SecretDigest
  readonly certificate?: NonNullable<RegisteredClient['certificate']>
  /** Default: the client id. */
  readonly name?: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  readonly tokenLifetimeSeconds?: number
}

/** A change of a client that no API of the PSC made. */
export interface ClientChange extends ClientChanges {
  readonly disabled?: boolean
}

/** One running PSC: what it has registered and what it has issued. */
export class Psc {
  readonly behaviour: Behaviour
  readonly clients = new ClientRegistry()
  /** Application tokens. The purpose of each is the id of its client. */
  readonly applicationTokens: TokenStore<string>
  /** Requests on a page that is open in a browser. */
  readonly authorizations: TokenStore<AuthorizationRequest>
  readonly codes: TokenStore<Grant>
  readonly codeLifetimeSeconds: number
  readonly holders: readonly Holder[]
  readonly #secrets = new Map<string, SecretDigest>()
  readonly #tokenLifetimes = new Map<string, number>()
  readonly #tokenLifetimeSeconds: number

  constructor(behaviour: Behaviour, settings: PscSettings, holders: readonly Holder[], now: Clock) {
    this.behaviour = behaviour
    this.applicationTokens = new TokenStore(now)
    this.authorizations = new TokenStore(now)
    this.codes = new TokenStore(now)
    this.codeLifetimeSeconds = settings.codeLifetimeSeconds
    this.holders = holders
    this.#tokenLifetimeSeconds = settings.tokenLifetimeSeconds
    for (const { clientSecret, tokenLifetimeSeconds, ...client } of settings.clients) {
      this.#tokenLifetimes.set(client.clientId, tokenLifetimeSeconds ?? this.#tokenLifetimeSeconds)
      this.#secrets.set(client.clientId, clientSecret)
      const name = client.name ?? client.clientId
      this.clients.put({ ...client, name, ...this.#withAddedUris(client), revision: 0 })
    }
  }

  /** Registers a client with its secret. */
  register(client: Omit<RegisteredClient, 'revision'>, secret: string): void {
    this.clients.put({ ...client, ...this.#withAddedUris(client), revision: 0 })
    this.#secrets.set(client.clientId, new SecretDigest(secret))
  }

  /** Applies what client_maintenance was asked for. Absent fields stay as they are. */
  maintain(client: RegisteredClient, changes: ClientChanges): RegisteredClient {
    const { redirectUris } = changes
    const revision = client.revision + 1
    return this.clients.put({
      ...client,
      ...changes,
      ...(redirectUris && this.#withAddedUris({ redirectUris })),
      revision,
    })
  }

  /** Changes a client as a person in the PSC's panel can, without a check. Returns `undefined` for an unknown client. */
  change(clientId: string, change: ClientChange): RegisteredClient | undefined {
    const found = this.clients.find(clientId)
    if (!found) return undefined
    const { disabled: wasDisabled, ...client } = found
    const { disabled = wasDisabled, ...changes } = change
    return this.clients.put({ ...client, ...changes, ...(disabled && { disabled }) })
  }

  rotate(clientId: string, secret: string): void {
    this.#secrets.set(clientId, new SecretDigest(secret))
    if (this.behaviour.rotation === 'ends tokens') {
      this.applicationTokens.useAll((owner) => owner === clientId)
    }
  }

  /** Whether a client is enabled and the secret is its own. */
  authenticates(clientId: string, secret: string): boolean {
    if (this.clients.find(clientId)?.disabled) return false
    return this.#secrets.get(clientId)?.matches(secret) ?? false
  }

  /** Seconds, for an application token of the client. */
  tokenLifetime(clientId: string): number {
    return this.#tokenLifetimes.get(clientId) ?? this.#tokenLifetimeSeconds
  }

  #withAddedUris({ redirectUris }: Pick<RegisteredClient, 'redirectUris'>) {
    return { redirectUris: [...new Set([...redirectUris, ...this.behaviour.addedUris])] }
  }
}

/** Keeps the digest of a secret, so that nothing can print the secret itself. */
export class SecretDigest {
  readonly #digest: Buffer

  constructor(secret: string) {
    this.#digest = sha256(secret)
  }

  /** Compares in constant time. */
  matches(candidate: string): boolean {
    return timingSafeEqual(sha256(candidate), this.#digest)
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
