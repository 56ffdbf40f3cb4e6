import { CallbackError, isExplained } from '../../provider/errors.ts'
import { beginSignIn, type SignIn } from '../../provider/psc/sign-in/authorization.ts'
import { type AuthorizationAnswer, readCallback } from '../../provider/psc/sign-in/callback.ts'
import { secretAtHand } from '../secret-at-hand.ts'
import { UsageError } from '../usage-error.ts'
import { LoginError } from './error.ts'
import { patienceMs, PendingSignIns } from './pending.ts'
import { type LoginReport, reportOf } from './report.ts'
import { finish, resume } from './resume.ts'
import { findSubject, type LoginSubject, readRequest } from './subject.ts'
import { type LoginWorld, thisMachine } from './world.ts'

export interface LoginOptions {
  readonly manifest: string
  /** Default: `authentication_session`. */
  readonly scope?: string
  /** Default: the first of the client's. */
  readonly redirectUri?: string
  /** The address that the browser ended on, in a second run; `-` reads it from standard input. */
  readonly callbackUrl?: string
  readonly json?: boolean
}

/** How often an address that cannot be right is asked for again. */
const tries = 5

/**
 * `psc login <client>`: walks a sign-in and shows what was granted, never the token.
 *
 * Resolves with the exit code: 0 when the sign-in works, or waits for its second step; 1 when it does not, or what was
 * granted is not what the document promises; 2 for wrong usage.
 */
export async function runLogin(
  client: string,
  options: LoginOptions,
  world: LoginWorld = thisMachine(),
): Promise<number> {
  const report = reportOf(options, world)
  try {
    return await login(client, options, world, report)
  } catch (error) {
    if (!isExplained(error)) throw error
    report.failed(error)
    return error instanceof UsageError ? 2 : 1
  } finally {
    world.close()
  }
}

async function login(
  key: string,
  options: LoginOptions,
  world: LoginWorld,
  report: LoginReport,
): Promise<number> {
  const subject = findSubject(options.manifest, key)
  const pending = new PendingSignIns(world.folder, () => world.now())
  const { callbackUrl } = options
  if (callbackUrl !== undefined && callbackUrl !== '-') {
    const resumed = resume(subject, options, callbackUrl, pending)
    return finish(subject, resumed, pending, world, report)
  }
  // Before anybody signs in for nothing.
  secretAtHand(key, subject.client.clientSecret)
  const request = readRequest(subject, options)
  const signIn = await beginSignIn(subject.profile, request, world.now())
  if (callbackUrl === undefined && !world.isTerminal) {
    pending.keep(key, signIn)
    report.waiting(subject, signIn, new Date(signIn.beganAt + patienceMs))
    return 0
  }
  report.begun(subject, signIn)
  if (!world.isTerminal)
    world.note('The address that the browser ended on is read from standard input.')
  world.openBrowser(signIn.authorizeUrl)
  const answer = await waitForAddress(subject, signIn, pending, world)
  return finish(subject, { signIn, answer }, pending, world, report)
}

/** Asks until there is an address that this sign-in can have ended on. */
async function waitForAddress(
  { key }: LoginSubject,
  signIn: SignIn,
  pending: PendingSignIns,
  world: LoginWorld,
): Promise<AuthorizationAnswer> {
  for (let attempt = 1; ; attempt++) {
    const address = await world.ask('The address that the browser ended on: ')
    if (address === undefined) {
      throw new LoginError(`no address was given. Begin again: psc login ${key}`)
    }
    if (world.now() - signIn.beganAt > patienceMs) {
      throw new LoginError(
        `this sign-in began more than 10 minutes ago and has expired. Begin again: psc login ${key}`,
      )
    }
    try {
      return readCallback(signIn, address)
    } catch (error) {
      const explained = explainUsed(error, address, pending)
      if (explained.final || attempt === tries) throw explained
      world.note(explained.message)
    }
  }
}

function explainUsed(error: unknown, address: string, pending: PendingSignIns): CallbackError {
  if (!(error instanceof CallbackError)) throw error
  return pending.wasUsed(address)
    ? new CallbackError('That address was used already: a code works once.')
    : error
}
