import { randomBytes } from 'node:crypto'

/** Returns milliseconds since the epoch. */
export type Clock = () => number

/** Returns 256 random bits. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The state of a token or a code. */
export interface Issued<Purpose> {
  readonly purpose: Purpose
  readonly expired: boolean
  readonly used: boolean
}

interface Entry<Purpose> {
  readonly purpose: Purpose
  readonly expiresAt: number
  used: boolean
}

/** Tokens or codes. Each has a purpose and a lifetime. */
export class TokenStore<Purpose> {
  readonly #now: Clock
  readonly #issued = new Map<string, Entry<Purpose>>()

  constructor(now: Clock) {
    this.#now = now
  }

  issue(purpose: Purpose, lifetimeSeconds: number): string {
    this.#forgetExpired()
    const token = randomToken()
    const expiresAt = this.#now() + lifetimeSeconds * 1000
    this.#issued.set(token, { purpose, expiresAt, used: false })
    return token
  }

  /** Returns `undefined` for a token that was never issued, or that expired long ago. */
  inspect(token: string): Issued<Purpose> | undefined {
    const entry = this.#issued.get(token)
    if (!entry) return undefined
    return { purpose: entry.purpose, used: entry.used, expired: this.#now() >= entry.expiresAt }
  }

  /** Returns the purpose of a valid token. */
  read(token: string): Purpose | undefined {
    const issued = this.inspect(token)
    return issued && !issued.expired && !issued.used ? issued.purpose : undefined
  }

  /** Makes a token invalid. */
  use(token: string): void {
    const entry = this.#issued.get(token)
    if (entry) entry.used = true
  }

  /** Makes every token with such a purpose invalid. */
  useAll(isMeant: (purpose: Purpose) => boolean): void {
    for (const entry of this.#issued.values()) {
      if (isMeant(entry.purpose)) entry.used = true
    }
  }

  /** Runs at every thousandth token, so that memory stays bounded over weeks. */
  #forgetExpired(): void {
    if (this.#issued.size % 1000 !== 999) return
    const now = this.#now()
    for (const [token, { expiresAt }] of this.#issued) {
      if (expiresAt <= now) this.#issued.delete(token)
    }
  }
}
