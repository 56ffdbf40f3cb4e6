import { type Clock, systemClock } from '../http/clock.ts'
import {
  type ClientCredentials,
  type ClientToken,
  clientTokenRequest,
  readClientToken,
} from './client-token.ts'
import { exchange, type Transport } from './exchange.ts'
import { endpointsOf, type PscProfile } from './profile.ts'

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
    profile: PscProfile,
    client: ClientCredentials,
    transport: Transport,
  ): Promise<ClientToken> {
    const key = keyOf(profile, client)
    const cached = this.#entries.get(key)
    if (cached && this.#clock.now() < cached.usableUntil) return cached.token
    const entry: Entry = { token: fetchToken(profile, client, transport), usableUntil: Infinity }
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
  forget(profile: PscProfile, client: ClientCredentials): void {
    this.#entries.delete(keyOf(profile, client))
  }
}

/** Milliseconds during which a token is used: its lifetime less a tenth, for the way to the PSC. */
export function usableMs(expiresIn: number | undefined): number {
  return Math.min(expiresIn ?? unstatedLifetime, longestLifetime) * 900
}

async function fetchToken(
  profile: PscProfile,
  client: ClientCredentials,
  transport: Transport,
): Promise<ClientToken> {
  const request = clientTokenRequest(profile, client)
  return readClientToken(request, await exchange(request, transport), client.clientSecret)
}

function keyOf(profile: PscProfile, client: ClientCredentials): string {
  return JSON.stringify([endpointsOf(profile).clientToken, client.clientId, client.clientSecret])
}
