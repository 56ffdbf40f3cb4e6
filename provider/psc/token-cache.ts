import { isUnavailable } from '../errors.ts'
import { type Clock, systemClock } from '../http/message.ts'
import type { Transport } from './call.ts'
import type { TokenIssuer } from './issuers.ts'
import type { ClientCredentials, ClientToken } from './requests/client-token.ts'

interface Entry {
  readonly token: Promise<ClientToken>
  /** Whose time the token is asked for in. */
  readonly transport: Transport
  /** Undefined until the answer is there. */
  accessToken: string | undefined
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

  /**
   * Who waits for a token that somebody else asked for, in vain, asks once more by its own transport: that may have more
   * time.
   *
   * @throws {PscError} when the PSC refuses the client, cannot be reached, or answers with something else.
   */
  async obtain(
    issuer: TokenIssuer,
    client: ClientCredentials,
    transport: Transport,
  ): Promise<ClientToken> {
    const key = keyOf(issuer, client)
    const shared = this.#entries.get(key)
    if (!shared || this.#clock.now() >= shared.usableUntil) {
      return this.#fetch(key, issuer.obtain(client, transport), transport)
    }
    try {
      return await shared.token
    } catch (error) {
      if (shared.transport === transport || !isUnavailable(error)) throw error
      return this.obtain(issuer, client, transport)
    }
  }

  /**
   * Drops a token that the PSC no longer accepts.
   *
   * @param accessToken this one only, if another has not taken its place; default: whichever there is.
   */
  forget(issuer: TokenIssuer, client: ClientCredentials, accessToken?: string): void {
    const key = keyOf(issuer, client)
    if (accessToken === undefined || this.#entries.get(key)?.accessToken === accessToken) {
      this.#entries.delete(key)
    }
  }

  #fetch(key: string, answer: Promise<ClientToken>, transport: Transport): Promise<ClientToken> {
    const token = answer.then(
      (given) => {
        entry.accessToken = given.accessToken
        entry.usableUntil = this.#clock.now() + usableMs(given.expiresIn)
        return given
      },
      (error: unknown) => {
        // A failure is not an answer to keep: the next one to ask tries again.
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
        throw error
      },
    )
    const entry: Entry = { token, transport, accessToken: undefined, usableUntil: Infinity }
    this.#entries.set(key, entry)
    return token
  }
}

/** Milliseconds during which a token is used: its lifetime less a tenth, for the way to the PSC. */
export function usableMs(expiresIn: number | undefined): number {
  return Math.min(expiresIn ?? unstatedLifetime, longestLifetime) * 900
}

function keyOf(issuer: TokenIssuer, client: ClientCredentials): string {
  return JSON.stringify([issuer.tokenUrl, client.clientId, client.clientSecret])
}
