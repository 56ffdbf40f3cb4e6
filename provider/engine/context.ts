import { toFailure } from '../errors.ts'
import { type Clock, systemClock } from '../http/message.ts'
import type { Transport } from '../psc/call.ts'
import type { TokenIssuer } from '../psc/issuers.ts'
import { describeUnconfirmed } from '../psc/profiles/capabilities.ts'
import { type PscProfile, resolveProfile, type Unconfirmed } from '../psc/profiles/profile.ts'
import type { Calibration } from '../psc/probe-redirect-uris.ts'
import type { ClientCredentials, ClientToken } from '../psc/requests/client-token.ts'
import { TokenCache } from '../psc/token-cache.ts'
import type { ProblemCode } from '../rules/problem.ts'
import { say } from '../say.ts'
import { engineIsThere } from './alive.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import type { Gate } from './gate.ts'
import { Journal } from './journal.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { resolveSecret } from './secret.ts'
import { isKnown } from './unknown.ts'

/** Holds what the verbs of one process share. */
export interface Context {
  /** The settings of the stack. @throws {ConfigurationError} on reading. */
  readonly configuration: Configuration
  readonly clock: Clock
  readonly tokens: TokenCache
  /** The newest writes from this machine. */
  readonly journal: Journal
  /** Whether this process runs a program. Otherwise it is a provider, which also applies. */
  readonly isProgram: boolean
  /** What this run has seen and declared. */
  readonly run: Run
  /** @throws {ProfileError} */
  profile(reference: unknown): PscProfile
  /** Finds the profile of a declaration, or the reason why there is none. Neither for an unknown declaration. */
  findProfile(reference: unknown): { profile?: PscProfile; failure?: string }
  /** @throws {SecretUnavailableError} */
  secret(secret: string | SecretReference): string
  /**
   * Makes the transport of one operation, whose requests share its time. Shows a line about the first retry for a cause at
   * a server; the error at the end counts the attempts.
   */
  transport(server: { readonly name: string }, options?: TransportOptions): Transport
  /**
   * Obtains a token for a client; the process shares it.
   *
   * @throws {PscError} when the issuer refuses the client, is unreachable, or answers unexpectedly.
   */
  token(
    issuer: TokenIssuer,
    client: ClientCredentials,
    options?: TransportOptions,
  ): Promise<ClientToken>
  /** Shows a warning with its code at the end. Shows equal warnings only once. */
  warn(code: ProblemCode, message: string): void
  /** Warns once of each unconfirmed value of a profile. */
  warnUnconfirmed(profile: PscProfile, used: readonly Unconfirmed['key'][]): void
}

interface TransportOptions {
  /** The operation's time. Waiting for a connection uses none of it. Default: `psc:timeoutSeconds`. */
  readonly seconds?: number
  /** Called right before each attempt, with a free connection. An error that it throws ends the request. */
  readonly beforeAttempt?: () => void
  /** Limits the attempts of several operations at one server. A GET passes it freely. */
  readonly gate?: Gate
}

/** Remembers a run of the engine. */
export interface Run {
  /**
   * `proven` for a preview whose program proves the new resources. `later` where the engine also previews each create and
   * update: then these prove. Undefined without a note of the program, as in a refresh or a destroy.
   */
  dryRun?: boolean | 'proven' | 'later'
  /** Whether the servers of tokens are down, by the address of the requests. */
  readonly gates: Map<string, Gate>
  /** What the clients have shown of each `authorize`, by its address. */
  readonly calibrations: Map<string, Calibration>
  /** Why clients and credentials were not verified, for the summary of a preview. */
  readonly unverified: Set<string>
  /** What the run declares of each client, in whichever resource, and whether it has written it. */
  readonly declared: Map<string, { readonly news: unknown; isWritten: boolean }>
  /** The clients that a refresh has read. The engine compares each right after it. */
  readonly read: Set<string>
}

/** Holds what all resource types of a process share. */
export interface Shared extends Pick<Context, 'tokens' | 'run' | 'journal' | 'isProgram'> {
  /** The warnings that were shown. */
  readonly shown: Set<string>
  /** Shows a line to the user. */
  readonly show: (line: string, isWarning: boolean) => void
  /** Tells whether the engine still waits for an operation that began so long ago, in milliseconds. */
  readonly stillWanted: (sinceMs: number) => boolean | Promise<boolean>
}

interface SharedOptions extends Partial<Pick<Shared, 'isProgram' | 'show' | 'stillWanted'>> {
  readonly clock?: Clock
}

/**
 * Makes the shared state of a new process.
 *
 * @param options.isProgram default: false.
 * @param options.show default: writes to stderr, which the engine passes on.
 * @param options.stillWanted default: true for a second, then while {@link engineIsThere}.
 */
export function createShared({
  clock = systemClock,
  isProgram = false,
  show = showOnStderr,
  stillWanted = (sinceMs) => sinceMs < promptMs || engineIsThere(),
}: SharedOptions = {}): Shared {
  return {
    tokens: new TokenCache(clock),
    run: {
      gates: new Map(),
      calibrations: new Map(),
      unverified: new Set(),
      declared: new Map(),
      read: new Set(),
    },
    journal: new Journal(clock),
    isProgram,
    shown: new Set(),
    show,
    stillWanted,
  }
}

function showOnStderr(line: string, isWarning: boolean): void {
  console.warn(isWarning ? `warning: ${line}` : line)
}

/** Only a longer operation can outlive its engine and overlap a later run. In milliseconds. */
const promptMs = 1_000

/**
 * Makes the context of a process.
 *
 * @param get reads the stack's configuration, as text.
 * @param clock default: this machine's.
 * @param shared default: its own.
 */
export function createContext(
  get: (key: string) => string | undefined,
  clock: Clock = systemClock,
  { shown, show, stillWanted, ...shared }: Shared = createShared({ clock }),
): Context {
  let read: Configuration | undefined
  const warn = (code: ProblemCode, message: string) => {
    const line = `${message} [${code}]`
    if (shown.has(line)) return
    shown.add(line)
    show(line, true)
  }
  // Read on first use: a mistake in it must not prevent the destruction of a stack.
  const configuration = () => (read ??= readConfiguration(get))
  const profile = (reference: unknown) => resolveProfile(reference, configuration().baseUrls)
  const transport: Context['transport'] = (
    { name },
    { seconds = configuration().timeoutSeconds, beforeAttempt, ...options } = {},
  ) => {
    const { maxConnections } = configuration()
    const began = clock.now()
    const time = { leftMs: seconds * 1000 }
    return async (request) => {
      // The request of a discovery document explains a failure at the gate. It must not wait for its own explanation.
      const gate = request.method === 'GET' ? undefined : options.gate
      let isInside = false
      // Loading undici takes longer than a whole preview without changes.
      const { send } = await import('../http/send.ts')
      const { HttpFailure } = await import('../http/failure.ts')
      const { hasErrorCode } = await import('../psc/call.ts')
      return send(request, {
        time,
        maxConnections,
        clock,
        async beforeAttempt() {
          beforeAttempt?.()
          await gate?.enter()
          try {
            // It may have waited at the gate.
            beforeAttempt?.()
            isInside = gate !== undefined
            if (await stillWanted(clock.now() - began)) return
          } catch (error) {
            gate?.leave(undefined)
            isInside = false
            throw error
          }
          throw new HttpFailure('abandoned', 'cancelled: the run was interrupted', false, true)
        },
        afterAttempt(response) {
          const hasCode = response !== undefined && hasErrorCode(response)
          const isLast = isInside && gate?.leave(response?.status, hasCode) === true
          isInside = false
          return isLast
        },
        onRetry(reason, kind) {
          const mark = `${name} ${kind}`
          if (shown.has(mark)) return
          shown.add(mark)
          show(say`${name}: ${reason}. Retrying for up to ${seconds} s.`, false)
        },
      })
    }
  }
  return {
    get configuration() {
      return configuration()
    },
    clock,
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
    transport,
    token: (issuer, client, options) =>
      shared.tokens.obtain(issuer, client, transport(issuer, options)),
    warn,
    warnUnconfirmed(profile, used) {
      const isNew = (key: string) => {
        const mark = `${profile.name} ${key}`
        return !shown.has(mark) && shown.add(mark)
      }
      const sentence = describeUnconfirmed(profile, used.filter(isNew))
      if (sentence !== undefined) warn('WARN_PSC_UNCONFIRMED', sentence)
    },
  }
}
