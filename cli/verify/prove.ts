import { createContext } from '../../provider/engine/context.ts'
import { isExplained, isUnanswered, SecretUnavailableError } from '../../provider/errors.ts'
import { secretAtHand, SecretOfStackError } from '../secret-at-hand.ts'
import type { Subject } from './subjects.ts'

/** What became of a client or a credential. */
export interface Verdict {
  readonly subject: Subject
  /**
   * `ok`: a token was obtained. `failed`: it was not. `not asked`: its issuer did not answer another one.
   * `left out`: a token has side effects there. `not available here`: its secret is in the configuration of a stack.
   */
  readonly result: 'ok' | 'failed' | 'not asked' | 'left out' | 'not available here'
  /** Seconds; undefined where no token was obtained, or the issuer does not say. */
  readonly expiresIn?: number | undefined
  /** Undefined where nothing was asked. */
  readonly milliseconds?: number
  /** Why there is no token. */
  readonly message?: string
}

/** Asked at once, whoever is asked; `psc:maxConnections` bounds what one server gets. */
const atOnce = 16

/** What one token may take, retries included. */
const secondsEach = 15

/**
 * Obtains a token for each, several at a time.
 *
 * @param onVerdict hears of each as it is known.
 * @returns the verdicts in the order of the subjects.
 */
export async function proveAll(
  subjects: readonly Subject[],
  onVerdict: (done: number) => void,
): Promise<Verdict[]> {
  const context = createContext(() => undefined)
  const verdicts: Verdict[] = []
  const queue = subjects.entries()
  let done = 0
  const work = async () => {
    for (const [index, subject] of queue) {
      verdicts[index] = await prove(subject, context)
      onVerdict((done += 1))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, subjects.length) }, work))
  return verdicts
}

async function prove(
  subject: Subject,
  context: ReturnType<typeof createContext>,
): Promise<Verdict> {
  const { issuer, clientId } = subject
  if (issuer.tokenHasSideEffects) {
    const message = 'a token has side effects at this PSC'
    return { subject, result: 'left out', message }
  }
  const began = performance.now()
  const milliseconds = () => Math.round(performance.now() - began)
  try {
    const clientSecret = secretAtHand(subject.name, subject.clientSecret)
    // A server that did not answer one is not waited for by all the others.
    if (context.unreachable.has(issuer.tokenUrl)) {
      return { subject, result: 'not asked', message: `${issuer.name} did not answer before` }
    }
    const { expiresIn } = await issuer.obtain(
      { clientId, clientSecret },
      context.transport(issuer, clientId, secondsEach),
    )
    return { subject, result: 'ok', expiresIn, milliseconds: milliseconds() }
  } catch (error) {
    if (!isExplained(error)) throw error
    const { message } = error
    if (error instanceof SecretOfStackError)
      return { subject, result: 'not available here', message }
    if (error instanceof SecretUnavailableError) return { subject, result: 'failed', message }
    if (isUnanswered(error)) context.unreachable.set(issuer.tokenUrl, error)
    return { subject, result: 'failed', milliseconds: milliseconds(), message }
  }
}
