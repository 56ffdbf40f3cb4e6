import { createContext } from '../../provider/engine/context.ts'
import { CallbackError } from '../../provider/errors.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { endpointsOf } from '../../provider/psc/profiles/profile.ts'
import type { SignIn } from '../../provider/psc/sign-in/authorization.ts'
import {
  type AuthorizationAnswer,
  readCallback,
  requireState,
} from '../../provider/psc/sign-in/callback.ts'
import { judgeGrant } from '../../provider/psc/sign-in/user-grant.ts'
import { exchangeCode } from '../../provider/psc/sign-in/user-token.ts'
import { secretAtHand } from '../secret-at-hand.ts'
import { UsageError } from '../usage-error.ts'
import { LoginError } from './error.ts'
import type { Found, PendingSignIns } from './pending.ts'
import type { LoginReport } from './report.ts'
import type { LoginSubject } from './subject.ts'
import type { LoginWorld } from './world.ts'

/** A sign-in whose browser has come back. */
export interface Resumed {
  readonly signIn: SignIn
  readonly answer: AuthorizationAnswer
}

/**
 * The second step without a terminal: finds the sign-in that an address belongs to.
 *
 * @throws {LoginError} for one that was used, has expired, or is not known here.
 * @throws {CallbackError} for an address that it cannot have ended on.
 * @throws {UsageError} for a flag that says something else than the first step.
 */
export function resume(
  subject: LoginSubject,
  flags: { readonly scope?: string; readonly redirectUri?: string },
  address: string,
  pending: PendingSignIns,
): Resumed {
  const state = requireState(address)
  const signIn = belonging(pending.find(state), subject)
  judgeFlags(signIn, flags)
  try {
    return { signIn, answer: readCallback(signIn, address) }
  } catch (error) {
    // A refusal ends the sign-in: its verifier is of no use any more.
    if (error instanceof CallbackError && error.final) pending.end(state)
    throw error
  }
}

const reasons = {
  used: 'this address was used already: a code works once',
  over: 'this sign-in is over: the PSC ended it without a code',
  expired: 'this sign-in began more than 10 minutes ago and has expired',
  unknown: 'no sign-in that began here, as this user, waits for this address',
} as const

function belonging(found: Found, { key, client, profile }: LoginSubject): SignIn {
  const again = `Begin again: psc login ${key}`
  if (found.kind !== 'waiting') throw new LoginError(`${reasons[found.kind]}. ${again}`)
  const { signIn } = found
  if (found.client !== key) {
    throw new LoginError(`this address belongs to a sign-in of "${found.client}", not of "${key}"`)
  }
  if (signIn.clientId !== client.clientId || signIn.tokenUrl !== endpointsOf(profile).token) {
    throw new LoginError(`"${key}" is another client, or at another PSC, than before. ${again}`)
  }
  return signIn
}

function judgeFlags(
  signIn: SignIn,
  flags: { readonly scope?: string; readonly redirectUri?: string },
): void {
  for (const [flag, given, begun] of [
    ['--scope', flags.scope, signIn.scope],
    ['--redirect-uri', flags.redirectUri, signIn.redirectUri],
  ] as const) {
    if (given !== undefined && given !== begun) {
      throw new UsageError(`this sign-in began with ${flag} ${begun}: leave the flag out`)
    }
  }
}

/**
 * Exchanges the code, once, and shows what was granted.
 *
 * @returns the exit code: 1 where the grant is not what the document promises.
 * @throws {PscError} when the PSC refuses the code.
 */
export async function finish(
  subject: LoginSubject,
  { signIn, answer }: Resumed,
  pending: PendingSignIns,
  world: LoginWorld,
  report: LoginReport,
): Promise<number> {
  const { key, profile, client } = subject
  const clientSecret = secretAtHand(key, client.clientSecret)
  if (!pending.use(signIn.state)) {
    throw new LoginError(
      `this address was used already: a code works once. Begin again: psc login ${key}`,
    )
  }
  const transport = createContext(() => undefined).transport(profile, client.clientId)
  try {
    const raw = await exchangeCode(signIn, clientSecret, answer, transport, world.now())
    const judged = judgeGrant(raw, signIn.scope)
    report.granted(subject, signIn, judged)
    return judged.problems.length === 0 ? 0 : 1
  } finally {
    await closeConnections()
  }
}
