import createLimit from 'p-limit'
import type { Code } from '../../provider/codes.ts'
import { type Context, createContext, createShared } from '../../provider/engine/context.ts'
import { GateClosedError, gateOf } from '../../provider/engine/gate.ts'
import { isExplained, isUnanswered, SecretUnavailableError } from '../../provider/errors.ts'
import type { SecretReference } from '../../provider/manifest/index.ts'
import {
  issuerOf,
  type PscProfile,
  resolveIssuer,
  resolveProfile,
  type TokenIssuer,
} from '../../provider/psc/index.ts'
import type { Finding } from '../../provider/proof/registered-uris.ts'
import { say } from '../../provider/say.ts'
import { errorJson, type ErrorJson } from '../errors.ts'
import { readSecret, SecretOfStackError } from '../secret.ts'
import type { Loaded } from '../stack.ts'

/** Holds a client or a credential with the issuer of its token. */
export interface Target {
  readonly kind: 'client' | 'credential'
  /** Its key in the manifest. */
  readonly name: string
  readonly issuer: TokenIssuer
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  /** The stack that the entry names, or else that of the command. */
  readonly stack?: string | undefined
  /** Of a client: its PSC, and the redirect URIs that it should have there. */
  readonly profile?: PscProfile
  readonly redirectUris?: readonly string[]
}

/**
 * Lists every client and credential of a manifest, in its order.
 *
 * @param ofStack the stack of entries that name none.
 */
export function targetsOf({ manifest, baseUrls }: Omit<Loaded, 'get'>, ofStack?: string): Target[] {
  const { clients, credentials } = manifest
  return [
    ...clients.map(
      ({ key, stack = ofStack, args: { psc, clientId, clientSecret, redirectUris } }) => {
        const profile = resolveProfile(psc, baseUrls)
        const issuer = issuerOf(profile)
        const kind = 'client' as const
        return { kind, name: key, stack, issuer, clientId, clientSecret, profile, redirectUris }
      },
    ),
    ...credentials.map(
      ({
        key,
        stack = ofStack,
        args: { issuer, authBaseUrl, clientAuthentication, ...client },
      }) => ({
        kind: 'credential' as const,
        name: key,
        stack,
        issuer: resolveIssuer(
          issuer,
          authBaseUrl,
          (reference) => resolveProfile(reference, baseUrls),
          clientAuthentication,
        ),
        clientId: client.clientId,
        clientSecret: client.clientSecret,
      }),
    ),
  ]
}

/** Holds the result of a client or a credential. */
export interface Verdict {
  readonly target: Target
  /** When the result was known. */
  readonly time: Date
  /**
   * `ok`: the issuer gave a token. `failed`: it did not. `not asked`: it did not answer another target.
   * `left out`: a token has side effects there. `not available here`: the secret is in the configuration of a stack.
   */
  readonly result: 'ok' | 'failed' | 'not asked' | 'left out' | 'not available here'
  /** In seconds; undefined without a token, or if the issuer does not state it. */
  readonly expiresIn?: number | undefined
  /** The duration of the request, without the wait for a connection; undefined without one. */
  readonly milliseconds?: number | undefined
  /** Why there is no token. */
  readonly reason?: ErrorJson
  /** What the PSC tells of each redirect URI of a client; undefined if it was not asked. */
  readonly redirectUris?: readonly UriVerdict[]
}

/** Holds the result of a redirect URI. */
export interface UriVerdict {
  readonly uri: string
  readonly result: Finding['status']
  readonly doubt?: Finding['doubt']
  /** Why it is not registered or not told. */
  readonly reason?: ErrorJson
}

/** The limit of concurrent requests to all issuers together. `psc:maxConnections` limits those to one server. */
const mostAtOnce = 16

/** The deadline of one token, retries included, unless the stack sets one. */
const secondsEach = 15

/** Says how targets are verified. */
export interface VerifyOptions {
  /** Called after each verdict with the number of verdicts so far. */
  readonly onVerdict?: (done: number) => void
  /** Whether to find out too which redirect URIs of the clients are registered. Default: false. */
  readonly withUris?: boolean | undefined
  /** Reads the settings of a stack. Default: none are set. */
  readonly get?: Loaded['get']
  /** Shows a line meanwhile, such as that of a retry. Default: on standard error. */
  readonly show?: ((line: string, isWarning: boolean) => void) | undefined
}

/**
 * Obtains a token for each target, several at a time.
 *
 * @returns the verdicts in the order of the targets.
 */
export async function verifyAll(
  targets: readonly Target[],
  { onVerdict, withUris = false, get = () => undefined, show }: VerifyOptions = {},
): Promise<Verdict[]> {
  const context = createContext(get, undefined, createShared(show && { show }))
  const seconds = get('psc:timeoutSeconds') === undefined ? secondsEach : undefined
  let done = 0
  const limit = createLimit(mostAtOnce)
  const verdicts = await limit.map(targets, async (target) => {
    const verdict = { ...(await verify(target, context, seconds)), time: new Date() }
    const uris = withUris ? target.redirectUris : undefined
    const redirectUris = uris && (await verifyUris(verdict, uris, context))
    onVerdict?.((done += 1))
    return { ...verdict, ...(redirectUris && { redirectUris }) }
  })
  // A client may have been asked before another one showed that their PSC tells.
  const telling = new Set(
    verdicts
      .filter((verdict) => has(verdict, 'registered'))
      .map(({ target }) => target.issuer.name),
  )
  return limit.map(verdicts, async (verdict) => {
    const unclear = verdict.redirectUris?.filter(({ doubt }) => doubt === 'nothing') ?? []
    const isLate = unclear.length > 0 && !has(verdict, 'registered')
    if (!isLate || !telling.has(verdict.target.issuer.name)) return verdict
    const uris = unclear.map(({ uri }) => uri)
    const found = await verifyUris(verdict, uris, context)
    const redirectUris = verdict.redirectUris?.map(
      (known) => found?.find(({ uri }) => uri === known.uri) ?? known,
    )
    return { ...verdict, ...(redirectUris && { redirectUris }) }
  })
}

/** Tells whether the command fails because of a verdict. */
export function isFailed(verdict: Verdict): boolean {
  return verdict.result === 'failed' || has(verdict, 'not registered')
}

function has({ redirectUris }: Verdict, status: UriVerdict['result']): boolean {
  return redirectUris?.some(({ result }) => result === status) ?? false
}

async function verifyUris(
  { target, result }: Untimed,
  uris: readonly string[],
  context: Context,
): Promise<UriVerdict[] | undefined> {
  const { profile, clientId } = target
  if (!profile) return undefined
  const { describeDoubt, findRegisteredUris } =
    await import('../../provider/proof/registered-uris.ts')
  const client = { clientId, uris, isProven: result === 'ok' }
  const isDown = gateOf(context.run, target.issuer.tokenUrl).down !== undefined
  const findings =
    isDown && profile.tellsRedirectUris !== false
      ? uris.map((uri): Finding => ({ uri, status: 'not told', doubt: 'unanswered' }))
      : await findRegisteredUris(context, profile, client)
  return findings.map(({ uri, status, doubt }) => {
    const reason =
      status === 'not registered'
        ? reasonOf('ERR_PSC_URI_NOT_REGISTERED', notRegistered(uri, profile))
        : doubt &&
          reasonOf('WARN_PSC_URI_NOT_TOLD', describeDoubt(doubt, profile, say`its redirect URIs`))
    return { uri, result: status, ...(doubt && { doubt }), ...(reason && { reason }) }
  })
}

function notRegistered(uri: string, { name }: PscProfile): string {
  return say`${name} does not have ${uri}. Sign-ins that return there fail. Run \`pulumi config set psc:drift refresh\`, \`pulumi refresh --run-program\` and \`pulumi up\`.`
}

type Untimed = Omit<Verdict, 'time'>

async function verify(target: Target, context: Context, seconds?: number): Promise<Untimed> {
  const { issuer, clientId } = target
  if (issuer.tokenHasSideEffects) {
    const reason = reasonOf(
      'WARN_PSC_TOKEN_SIDE_EFFECTS',
      say`a token has side effects at ${issuer.name}, so none was obtained. Test a client with login.`,
    )
    return { target, result: 'left out', reason }
  }
  const gate = gateOf(context.run, issuer.tokenUrl)
  let began: number | undefined
  const milliseconds = () =>
    began === undefined ? undefined : Math.round(performance.now() - began)
  try {
    const clientSecret = readSecret(context, target.name, target.clientSecret)
    // A server that did not answer one request would delay all others as long.
    gate.refuseIfDown()
    const transport = context.transport(issuer, {
      ...(seconds !== undefined && { seconds }),
      gate,
      // Another request may have found the server unavailable meanwhile.
      beforeAttempt() {
        gate.refuseIfDown()
        began ??= performance.now()
      },
    })
    const { expiresIn } = await issuer.obtain(
      { clientId, clientSecret, reference: target.clientSecret },
      transport,
    )
    return { target, result: 'ok', expiresIn, milliseconds: milliseconds() }
  } catch (thrown) {
    const wasAsked = !(thrown instanceof GateClosedError) && thrown !== gate.down
    const error = await gate.explain(thrown)
    if (!isExplained(error)) throw error
    const reason = errorJson(error)
    if (!wasAsked) {
      const detail = isUnanswered(error)
        ? say`${issuer.name} did not answer an earlier request, so no other one was sent. Try again later.`
        : say`${issuer.name} failed its first requests alike, so no more were sent. The reason is that of the failed ones.`
      const code = isUnanswered(error) ? 'ERR_PSC_UNAVAILABLE' : error.code
      return { target, result: 'not asked', reason: reasonOf(code, detail) }
    }
    if (error instanceof SecretOfStackError) return { target, result: 'not available here', reason }
    if (error instanceof SecretUnavailableError) return { target, result: 'failed', reason }
    // The first of many concurrent failures explains all.
    const shown = isUnanswered(error) ? (gate.down ??= error) : error
    return {
      target,
      result: 'failed',
      milliseconds: milliseconds(),
      reason: errorJson(shown),
    }
  }
}

function reasonOf(code: Code, detail: string): ErrorJson {
  return { code, errorCode: code, message: `${detail} [${code}]` }
}
