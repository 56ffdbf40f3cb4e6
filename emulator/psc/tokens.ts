import { randomBytes } from 'node:crypto'

/** Milliseconds since the epoch; a test injects its own. */
export type Clock = () => number

/** 256 bits that nobody can guess. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is known of a token or a code. */
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

/** Tokens or codes, each bound to what it was issued for, each valid for its own time. */
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

  /** `undefined` when it was never issued, or expired so long ago that it is forgotten. */
  inspect(token: string): Issued<Purpose> | undefined {
    const entry = this.#issued.get(token)
    if (!entry) return undefined
    return { purpose: entry.purpose, used: entry.used, expired: this.#now() >= entry.expiresAt }
  }

  /** What a token was issued for, as long as it is good. */
  read(token: string): Purpose | undefined {
    const issued = this.inspect(token)
    return issued && !issued.expired && !issued.used ? issued.purpose : undefined
  }

  /** Uses a token up. */
  use(token: string): void {
    const entry = this.#issued.get(token)
    if (entry) entry.used = true
  }

  /** Uses up every token that was issued for some purpose. */
  useAll(isMeant: (purpose: Purpose) => boolean): void {
    for (const entry of this.#issued.values()) {
      if (isMeant(entry.purpose)) entry.used = true
    }
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
