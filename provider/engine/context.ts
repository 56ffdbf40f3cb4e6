import { toFailure } from '../errors.ts'
import { HttpFailure } from '../http/failure.ts'
import { type Clock, systemClock } from '../http/message.ts'
import type { Transport } from '../psc/call.ts'
import { describeUnconfirmed } from '../psc/profiles/capabilities.ts'
import { type PscProfile, resolveProfile, type Unconfirmed } from '../psc/profiles/profile.ts'
import { TokenCache } from '../psc/token-cache.ts'
import type { ProblemCode } from '../rules/problem.ts'
import { engineIsThere } from './alive.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { resolveSecret, type SecretReference } from './secret.ts'
import { isKnown } from './unknown.ts'

/** What the verbs share within one provider process. */
export interface Context {
  /** @throws {ConfigurationError} when it is read. */
  readonly configuration: Configuration
  readonly tokens: TokenCache
  /** The PSCs that were down when a client was to be proven: one warning serves all their clients. */
  readonly unreachable: Map<string, Error>
  /** How many clients in a row a PSC has answered that it cannot serve them now. */
  readonly putOff: Map<string, number>
  /** Whether this is the process of a program, which proves, and not the provider's, which also applies. */
  readonly isProgram: boolean
  /** What the program said of the run that it is a part of. */
  readonly run: Run
  /** @throws {ProfileError} */
  profile(reference: unknown): PscProfile
  /** Finds the profile of a declaration, or why there is none; neither for one that is not known yet. */
  findProfile(reference: unknown): { profile?: PscProfile; failure?: string }
  /** @throws {SecretUnavailableError} */
  secret(secret: string | SecretReference): string
  /**
   * Opens a way to a server for one operation, whose requests share its time.
   *
   * @param clientId names the client in a line about a retry.
   */
  transport(
    server: { readonly name: string },
    clientId?: string,
    options?: TransportOptions,
  ): Transport
  /** Shows a warning, which ends in its code, to the user once, however often it is given. */
  warn(code: ProblemCode, message: string): void
  /** Warns of each value of a profile once that no PSC has confirmed it. */
  warnUnconfirmed(profile: PscProfile, used: readonly Unconfirmed['key'][]): void
}

interface TransportOptions {
  /** The operation's time. Waiting for a connection uses none of it. Default: `psc:timeoutSeconds`. */
  readonly seconds?: number
  /** Called right before each attempt, when it holds a connection; what it throws ends the request. */
  readonly beforeAttempt?: () => void
}

/** A run of the engine. */
export interface Run {
  /**
   * Pulumi's word for a preview, `proven` for one whose program proves what is new; undefined where no program has
   * said it, as when a stack is refreshed or destroyed.
   */
  dryRun?: boolean | 'proven'
}

/** What is learnt and said once in a process, whichever resource type asks. */
export interface Shared extends Pick<
  Context,
  'tokens' | 'unreachable' | 'putOff' | 'run' | 'isProgram'
> {
  /** The warnings that were shown. */
  readonly said: Set<string>
  /** Shows a line to the user. */
  readonly say: (line: string, isWarning: boolean) => void
  /** Whether somebody waits for what an operation still asks, so long after it began, in milliseconds. */
  readonly stillWanted: (sinceMs: number) => boolean | Promise<boolean>
}

interface SharedOptions extends Partial<Pick<Shared, 'isProgram' | 'say' | 'stillWanted'>> {
  readonly clock?: Clock
}

/**
 * The beginning of a process: nothing is known, and nothing was said.
 *
 * @param options.isProgram default: false.
 * @param options.say default: on stderr, as the engine passes on what a provider writes there.
 * @param options.stillWanted default: a second long, and while {@link engineIsThere}.
 */
export function createShared({
  clock = systemClock,
  isProgram = false,
  say = sayOnStderr,
  stillWanted = (sinceMs) => sinceMs < promptMs || engineIsThere(),
}: SharedOptions = {}): Shared {
  return {
    tokens: new TokenCache(clock),
    unreachable: new Map(),
    putOff: new Map(),
    run: {},
    isProgram,
    said: new Set(),
    say,
    stillWanted,
  }
}

function sayOnStderr(line: string, isWarning: boolean): void {
  console.warn(isWarning ? `warning: ${line}` : line)
}

/** Only what takes longer than this can outlive its engine and meet a later run, in milliseconds. */
const promptMs = 1_000

/**
 * @param get reads the stack's configuration, as text.
 * @param clock default: this machine's.
 * @param shared default: its own.
 */
export function createContext(
  get: (key: string) => string | undefined,
  clock: Clock = systemClock,
  { said, say, stillWanted, ...shared }: Shared = createShared({ clock }),
): Context {
  let read: Configuration | undefined
  const warn = (code: ProblemCode, message: string) => {
    const line = `${message} [${code}]`
    if (said.has(line)) return
    said.add(line)
    say(line, true)
  }
  // Read when it is first needed: a mistake in it must not keep a stack from being destroyed.
  const configuration = () => (read ??= readConfiguration(get))
  const profile = (reference: unknown) => resolveProfile(reference, configuration().baseUrls)
  return {
    get configuration() {
      return configuration()
    },
    ...shared,
    profile,
    findProfile(reference) {
      if (!isKnown(reference)) return {}
      try {
        return { profile: profile(reference) }
      } catch (error) {
        return { failure: toFailure(error) }
      }
    },
    secret: (secret) => resolveSecret(secret, get),
    transport(server, clientId, { seconds = configuration().timeoutSeconds, beforeAttempt } = {}) {
      const { maxConnections } = configuration()
      const began = clock.now()
      const time = { leftMs: seconds * 1000 }
      const whose = clientId === undefined ? server.name : `${server.name} (${clientId})`
      return async (request) => {
        // undici takes longer to load than a preview without changes takes in all.
        const { send } = await import('../http/send.ts')
        return send(request, {
          time,
          maxConnections,
          clock,
          async beforeAttempt() {
            beforeAttempt?.()
            if (await stillWanted(clock.now() - began)) return
            throw new HttpFailure('abandoned', 'cancelled: the engine has exited', false, true)
          },
          onRetry(reason, delayMs) {
            const wait = (delayMs / 1000).toFixed(1)
            say(`${whose}: ${reason}; trying again in ${wait} s`, false)
          },
        })
      }
    },
    warn,
    warnUnconfirmed(profile, used) {
      const isNew = (key: string) => {
        const mark = `${profile.name} ${key}`
        return !said.has(mark) && said.add(mark)
      }
      const sentence = describeUnconfirmed(profile, used.filter(isNew))
      if (sentence !== undefined) warn('WARN_PSC_UNCONFIRMED', sentence)
    },
  }
}
