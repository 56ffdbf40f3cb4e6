import { isUnavailable } from '../errors.ts'
import { type Clock, systemClock } from '../http/message.ts'
import type { Transport } from './call.ts'
import type { TokenIssuer } from './issuers.ts'
import type { ClientCredentials, ClientToken } from './requests/client-token.ts'

interface Entry {
  readonly token: Promise<ClientToken>
  /** The transport of the request, which has its own deadline. */
  readonly transport: Transport
  /** Undefined until the answer arrives. */
  accessToken: string | undefined
  /** On the clock's `now`; unlimited until the answer arrives. */
  usableUntil: number
}

/** The assumed lifetime if the PSC states none, in seconds: long enough for one operation. */
const unstatedLifetime = 60

/** The limit of a stated lifetime, in seconds. The API documents state 60 minutes. */
const longestLifetime = 3_600

/**
 * Shares one application token of each client in the process, and renews it before it expires. Concurrent callers share
 * one request. Nothing is written to disk.
 */
export class TokenCache {
  readonly #entries = new Map<string, Entry>()
  readonly #clock: Clock

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /**
   * Returns the token. If a shared request fails, each waiter retries once with its own, possibly longer, deadline.
   *
   * @throws {PscError} when the PSC refuses the client, is unreachable, or answers unexpectedly.
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
   * Drops a token that the PSC refused.
   *
   * @param accessToken drops this token only, not a newer one; default: any token.
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
        // A failure is not stored: the next caller tries again.
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
        throw error
      },
    )
    const entry: Entry = { token, transport, accessToken: undefined, usableUntil: Infinity }
    this.#entries.set(key, entry)
    return token
  }
}

/** Computes how long a token is used, in milliseconds: its lifetime less a tenth, for the way to the PSC. */
function usableMs(expiresIn: number | undefined): number {
  return Math.min(expiresIn ?? unstatedLifetime, longestLifetime) * 900
}

function keyOf(issuer: TokenIssuer, client: ClientCredentials): string {
  // Two issuers may share an address; each explains a refusal in its own words.
  const { name, tokenUrl, clientAuthentication } = issuer
  const { clientId, clientSecret } = client
  return JSON.stringify([name, tokenUrl, clientAuthentication, clientId, clientSecret])
}
