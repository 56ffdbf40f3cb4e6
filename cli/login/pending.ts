import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { scopes, type SignIn } from '../../provider/psc/sign-in/authorization.ts'
import { stateOf } from '../../provider/psc/sign-in/callback.ts'
import { LoginError } from './error.ts'

/** How long a sign-in waits for its callback, in milliseconds. */
export const patienceMs = 10 * 60_000

/** How long it is remembered that a callback was used, or came too late. */
const memoryMs = 24 * 60 * 60_000

/** What is known of a `state`. */
export type Found =
  | { readonly kind: 'waiting'; readonly client: string; readonly signIn: SignIn }
  | { readonly kind: 'used' | 'over' | 'expired' | 'unknown' }

const kept = z.object({
  client: z.string(),
  signIn: z.object({
    clientId: z.string(),
    redirectUri: z.string(),
    scope: z.enum(scopes),
    authorizeUrl: z.string(),
    tokenUrl: z.string(),
    state: z.string(),
    codeVerifier: z.string(),
    beganAt: z.number(),
  }),
})

/**
 * The sign-ins that wait for a callback between two runs of `psc login`: a file each, which only its owner can read,
 * named after a hash of the state. It holds the PKCE verifier, so it is removed when it is used, and by the next run
 * once it is too old; an empty file then remembers why, for a day.
 */
export class PendingSignIns {
  readonly #folder: string
  readonly #now: () => number

  constructor(folder: string, now: () => number) {
    this.#folder = folder
    this.#now = now
  }

  /** @param client the client's key in the manifest */
  keep(client: string, signIn: SignIn): void {
    this.#sweep()
    try {
      this.#write(signIn.state, 'waiting', JSON.stringify({ client, signIn }))
    } catch (error) {
      throw new LoginError(
        `the sign-in cannot be kept in ${this.#folder} (${codeOf(error)}): set XDG_STATE_HOME to a folder that you can write, or use --callback-url -`,
      )
    }
  }

  find(state: string): Found {
    this.#sweep()
    if (this.#has(state, 'used')) return { kind: 'used' }
    if (this.#has(state, 'over')) return { kind: 'over' }
    if (this.#has(state, 'expired')) return { kind: 'expired' }
    try {
      const text = readFileSync(this.#path(state, 'waiting'), 'utf8')
      const found = kept.parse(JSON.parse(text))
      // A copy, or a backup that was put back, is younger than the sign-in.
      if (this.#now() - found.signIn.beganAt > patienceMs) {
        this.#replace(state, 'expired')
        return { kind: 'expired' }
      }
      return { kind: 'waiting', ...found }
    } catch {
      return { kind: 'unknown' }
    }
  }

  /** Whether an address that the browser ended on was used before, in this run or an earlier one. */
  wasUsed(address: string): boolean {
    const state = stateOf(address)
    return state !== undefined && this.#has(state, 'used')
  }

  /** Claims a sign-in for the one exchange that it is good for; false if another run was faster. */
  use(state: string): boolean {
    try {
      this.#write(state, 'used', '')
    } catch (error) {
      // Where nothing can be written, nothing was kept either: this run alone has the sign-in.
      return codeOf(error) !== 'EEXIST'
    }
    rmSync(this.#path(state, 'waiting'), { force: true })
    return true
  }

  /** Remembers a sign-in that ended without a code, and forgets its verifier. */
  end(state: string): void {
    this.#replace(state, 'over')
  }

  #replace(state: string, kind: Kind): void {
    rmSync(this.#path(state, 'waiting'), { force: true })
    try {
      this.#write(state, kind, '')
    } catch {
      // Another run was faster, or nothing can be written here.
    }
  }

  #write(state: string, kind: Kind, text: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    // Never into a file that is there already, whoever made it.
    writeFileSync(this.#path(state, kind), text, { flag: 'wx', mode: 0o600 })
  }

  #has(state: string, kind: Kind): boolean {
    return statSync(this.#path(state, kind), { throwIfNoEntry: false }) !== undefined
  }

  #path(state: string, kind: Kind): string {
    return join(this.#folder, `${createHash('sha256').update(state).digest('hex')}.${kind}`)
  }

  #sweep(): void {
    for (const name of this.#names()) {
      try {
        this.#sweepFile(join(this.#folder, name))
      } catch {
        // Another run sweeps too, or nothing can be written here.
      }
    }
  }

  #sweepFile(file: string): void {
    const age = this.#now() - statSync(file).mtimeMs
    if (file.endsWith('.waiting')) {
      if (age <= patienceMs) return
      rmSync(file)
      writeFileSync(file.replace(/waiting$/, 'expired'), '', { mode: 0o600 })
    } else if (age > memoryMs) rmSync(file)
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => /^[\da-f]{64}\.\w+$/.test(name))
    } catch {
      return []
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

type Kind = 'waiting' | 'used' | 'over' | 'expired'

/** Where a user's programs keep what is not worth a backup: `$XDG_STATE_HOME`, or the platform's own place. */
export function pendingFolder(env: NodeJS.ProcessEnv = process.env): string {
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME
  const base = local === undefined || local === '' ? join(homedir(), '.local', 'state') : local
  return join(base, 'pulumi-psc', 'sign-in')
}
