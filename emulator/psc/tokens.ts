import { randomBytes } from 'node:crypto'

/** Milliseconds since the epoch; a test injects its own. */
export type Clock = () => number

/** Tokens or codes that cannot be guessed, each bound to what it was issued for, each valid for its own time. */
export class TokenStore<Grant> {
  readonly #now: Clock
  readonly #issued = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>()

  constructor(now: Clock) {
    this.#now = now
  }

  issue(grant: Grant, lifetimeSeconds: number): string {
    this.#forgetExpired()
    const token = randomBytes(32).toString('base64url')
    this.#issued.set(token, { grant, expiresAt: this.#now() + lifetimeSeconds * 1000 })
    return token
  }

  /** What a token was issued for, or `undefined` when it was never issued, has expired or was revoked. */
  read(token: string): Grant | undefined {
    const entry = this.#issued.get(token)
    return entry && this.#now() < entry.expiresAt ? entry.grant : undefined
  }

  revoke(token: string): void {
    this.#issued.delete(token)
  }

  /** Every so often, so that an emulator that runs for weeks does not grow. */
  #forgetExpired(): void {
    if (this.#issued.size % 1000 !== 999) return
    const now = this.#now()
    for (const [token, { expiresAt }] of this.#issued) {
      if (expiresAt <= now) this.#issued.delete(token)
    }
  }
}
