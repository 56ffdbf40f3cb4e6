import { closeConnections } from '../../provider/http/connections.ts'
import { createContext } from '../../provider/lifecycle/context.ts'
import { judgeGrant } from '../../provider/psc/sign-in/user-grant.ts'
import { exchangeCode } from '../../provider/psc/sign-in/user-token.ts'
import { LoginError } from './error.ts'
import type { PendingSignIns } from './pending.ts'
import type { LoginReport } from './report.ts'
import type { Resumed } from './resume.ts'
import type { LoginSubject } from './subject.ts'
import type { LoginWorld } from './world.ts'
import { secretAtHand } from '../secret-at-hand.ts'

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
