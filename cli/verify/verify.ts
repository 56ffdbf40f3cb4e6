import createLimit from 'p-limit'
import { type Context, createContext } from '../../provider/engine/context.ts'
import {
  isExplained,
  isUnanswered,
  PscError,
  SecretUnavailableError,
} from '../../provider/errors.ts'
import { loadManifest, type ManifestSecret } from '../../provider/manifest/index.ts'
import {
  issuerOf,
  resolveIssuer,
  resolveProfile,
  type TokenIssuer,
} from '../../provider/psc/index.ts'
import { readSecret, SecretOfStackError } from '../secret.ts'

/** Holds a client or a credential with the issuer of its token. */
export interface Target {
  readonly kind: 'client' | 'credential'
  /** Its key in the manifest. */
  readonly name: string
  readonly issuer: TokenIssuer
  readonly clientId: string
  readonly clientSecret: ManifestSecret
}

/**
 * Reads every client and credential of a manifest, in its order.
 *
 * @throws {ManifestError} with every problem of the manifest.
 */
export function readTargets(manifest: string): Target[] {
  const { clients, credentials } = loadManifest(manifest)
  return [
    ...clients.map(({ key, args: { psc, clientId, clientSecret } }) => ({
      kind: 'client' as const,
      name: key,
      issuer: issuerOf(resolveProfile(psc)),
      clientId,
      clientSecret,
    })),
    ...credentials.map(({ key, args: { issuer, authBaseUrl, clientId, clientSecret } }) => ({
      kind: 'credential' as const,
      name: key,
      issuer: resolveIssuer(issuer, authBaseUrl, (reference) => resolveProfile(reference)),
      clientId,
      clientSecret,
    })),
  ]
}

/** Holds the result of a client or a credential. */
export interface Verdict {
  readonly target: Target
  /**
   * `ok`: the issuer gave a token. `failed`: it did not. `not asked`: it did not answer another target.
   * `left out`: a token has side effects there. `not available here`: the secret is in the configuration of a stack.
   */
  readonly result: 'ok' | 'failed' | 'not asked' | 'left out' | 'not available here'
  /** In seconds; undefined without a token, or if the issuer does not state it. */
  readonly expiresIn?: number | undefined
  /** The duration of the request; undefined without one. */
  readonly milliseconds?: number
  /** Why there is no token. */
  readonly reason?: Reason
}

interface Reason {
  /** A code of ours. */
  readonly code: string
  /** The issuer's own code, if its answer had one. */
  readonly pscCode?: string
  /** Ends in the code. */
  readonly message: string
}

/** The limit of concurrent requests to all issuers together. `psc:maxConnections` limits those to one server. */
const mostAtOnce = 16

/** The deadline of one token, retries included. */
const secondsEach = 15

/**
 * Obtains a token for each target, several at a time.
 *
 * @param onVerdict called after each with the number of verdicts so far.
 * @returns the verdicts in the order of the targets.
 */
export async function verifyAll(
  targets: readonly Target[],
  onVerdict: (done: number) => void,
): Promise<Verdict[]> {
  const context = createContext(() => undefined)
  let done = 0
  return createLimit(mostAtOnce).map(targets, async (target) => {
    const verdict = await verify(target, context)
    onVerdict((done += 1))
    return verdict
  })
}

async function verify(target: Target, context: Context): Promise<Verdict> {
  const { issuer, clientId } = target
  if (issuer.tokenHasSideEffects) {
    const reason = reasonOf('WARN_PSC_TOKEN_SIDE_EFFECTS', 'a token has side effects at this PSC')
    return { target, result: 'left out', reason }
  }
  const began = performance.now()
  const milliseconds = () => Math.round(performance.now() - began)
  try {
    const clientSecret = readSecret(context, target.name, target.clientSecret)
    // A server that did not answer one request would delay all others as long.
    if (context.unreachable.has(issuer.tokenUrl)) {
      const reason = reasonOf('ERR_PSC_UNAVAILABLE', `${issuer.name} did not answer before`)
      return { target, result: 'not asked', reason }
    }
    const { expiresIn } = await issuer.obtain(
      { clientId, clientSecret },
      context.transport(issuer, clientId, { seconds: secondsEach }),
    )
    return { target, result: 'ok', expiresIn, milliseconds: milliseconds() }
  } catch (error) {
    if (!isExplained(error)) throw error
    const { code, message } = error
    const pscCode = error instanceof PscError ? error.pscCode : undefined
    const reason = { code, ...(pscCode !== undefined && { pscCode }), message }
    if (error instanceof SecretOfStackError) return { target, result: 'not available here', reason }
    if (error instanceof SecretUnavailableError) return { target, result: 'failed', reason }
    if (isUnanswered(error)) context.unreachable.set(issuer.tokenUrl, error)
    return { target, result: 'failed', milliseconds: milliseconds(), reason }
  }
}

function reasonOf(code: string, detail: string): Reason {
  return { code, message: `${detail} [${code}]` }
}
