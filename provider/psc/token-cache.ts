import { type Clock, systemClock } from '../http/clock.ts'
import type { ClientCredentials, ClientToken } from './client-token.ts'
import type { Transport } from './exchange.ts'
import type { TokenIssuer } from './issuer.ts'

interface Entry {
  readonly token: Promise<ClientToken>
  /** On the clock's `now`; unlimited until the answer is there. */
  usableUntil: number
}

/** A lifetime that the PSC does not state, in seconds: long enough for one operation. */
const unstatedLifetime = 60
/** A stated lifetime beyond this is not believed, in seconds: the documents speak of 60 minutes. */
const longestLifetime = 3_600

/**
 * One application token per client and process, fetched once however many ask, and renewed before it expires.
 * Nothing of it is ever written anywhere.
 */
export class TokenCache {
  readonly #entries = new Map<string, Entry>()
  readonly #clock: Clock

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** @throws {PscError} when the PSC refuses the client, cannot be reached, or answers with something else. */
  async obtain(
    issuer: TokenIssuer,
    client: ClientCredentials,
    transport: Transport,
  ): Promise<ClientToken> {
    const key = keyOf(issuer, client)
    const cached = this.#entries.get(key)
    if (cached && this.#clock.now() < cached.usableUntil) return cached.token
    const entry: Entry = { token: issuer.obtain(client, transport), usableUntil: Infinity }
    this.#entries.set(key, entry)
    try {
      const token = await entry.token
      entry.usableUntil = this.#clock.now() + usableMs(token.expiresIn)
      return token
    } catch (error) {
      // A failure is not an answer to keep: the next one to ask tries again.
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  /** Drops a token that the PSC no longer accepts. */
  forget(issuer: TokenIssuer, client: ClientCredentials): void {
    this.#entries.delete(keyOf(issuer, client))
  }
}

/** Milliseconds during which a token is used: its lifetime less a tenth, for the way to the PSC. */
export function usableMs(expiresIn: number | undefined): number {
  return Math.min(expiresIn ?? unstatedLifetime, longestLifetime) * 900
}

function keyOf(issuer: TokenIssuer, client: ClientCredentials): string {
  return JSON.stringify([issuer.tokenUrl, client.clientId, client.clientSecret])
}
