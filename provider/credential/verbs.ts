import { isDeepStrictEqual } from 'node:util'
import type { Difference } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { PscError, toFailure } from '../errors.ts'
import { prove, proveNew } from '../proof/prove.ts'
import { type Provable, validatePreflight, whoProves } from '../proof/who-proves.ts'
import { resolveIssuer, type TokenIssuer } from '../psc/issuers.ts'
import { validateCredential } from '../rules/client.ts'
import { describeProblem } from '../rules/problem.ts'
import type { CredentialInputs, CredentialOutputs } from './inputs.ts'

/** Validates a credential by what is known of it. Proves a new one, unless the program proves it. */
export async function check(
  context: Context,
  {
    old,
    news,
  }: {
    readonly old: Declared<CredentialInputs> | undefined
    readonly news: Declared<CredentialInputs>
  },
): Promise<{ failures: string[] }> {
  const failures = [...validatePreflight(news.preflight), ...validateCredential(news)]
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
  try {
    const issuer = knownIssuer(context, news)
    const credential = provableOf(news)
    if (old || !issuer || !credential || failures.length > 0) return { failures }
    const proof = () => prove(context, credential, issuer)
    return { failures: await proveNew(context, credential, issuer, proof) }
  } catch (error) {
    return { failures: [toFailure(error), ...failures] }
  }
}

function knownIssuer(
  context: Context,
  { issuer, authBaseUrl }: Declared<CredentialInputs>,
): TokenIssuer | undefined {
  const named: Declared<Issued> = { issuer, authBaseUrl }
  return isKnown<Issued>(named) ? issuerFor(context, named) : undefined
}

type Issued = Pick<CredentialInputs, 'issuer' | 'authBaseUrl'>

/** @throws {IssuerError} for an issuer that cannot be used. */
export function issuerFor(context: Context, { issuer, authBaseUrl }: Issued): TokenIssuer {
  return resolveIssuer(issuer, authBaseUrl, (reference) => context.profile(reference))
}

function provableOf(declared: Declared<CredentialInputs>): Provable | undefined {
  const { clientId, clientSecret, preflight } = declared
  const needed: Declared<Provable> = { clientId, clientSecret, preflight }
  return isKnown<Provable>(needed) ? needed : undefined
}

/**
 * Compares what was applied with what is declared now. In a preview, proves a credential that changes, unless the program
 * proves it.
 *
 * Another `issuer` or `clientId` replaces the resource; another address of the same issuer is a change. What a token
 * came with (its lifetime, its scope) is not declared: that it varies is no change.
 *
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError when the issuer refuses the credential.
 */
export async function diff(
  context: Context,
  { old, news }: { readonly old: CredentialOutputs; readonly news: Declared<CredentialInputs> },
): Promise<Difference> {
  const isChanged = (key: keyof CredentialInputs) =>
    !isKnown<unknown>(news[key]) || !isDeepStrictEqual(old[key], news[key])
  const replaces = (['issuer', 'clientId'] as const).filter(isChanged)
  const changes = (['authBaseUrl', 'clientSecret', 'preflight'] as const).some(isChanged)
  const issuer = knownIssuer(context, news)
  if (replaces.length === 0 && !changes && issuer?.tokenUrl === old.tokenUrl) {
    return { changes: false }
  }
  const credential = provableOf(news)
  if (issuer && credential) {
    const prover = whoProves(context, credential, replaces.length > 0)
    if (prover === 'provider') await prove(context, credential, issuer)
  }
  return { changes: true, replaces }
}

/**
 * Proves a credential for the first time. What `dependsOn` it waits for this.
 *
 * @throws what {@link update} throws.
 */
export async function create(
  context: Context,
  { news }: { readonly news: CredentialInputs },
): Promise<{ id: string; outputs: CredentialOutputs }> {
  return { id: news.clientId, ...(await update(context, { news })) }
}

/**
 * Proves a credential again. No property changes: what the last apply obtained stays, so that a lifetime that
 * varies is no drift.
 *
 * @returns that it does not exist when a PSC does not know the client any more. Motor RCE gives the same answer to a
 * wrong secret and for a client that is gone, so there both are errors.
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError for a credential that is refused.
 */
export async function read(
  context: Context,
  { id, old }: { readonly id: string; readonly old: CredentialOutputs },
): Promise<{ exists: boolean }> {
  const issuer = issuerFor(context, old)
  try {
    await prove(context, old, issuer)
    return { exists: true }
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    context.warn(
      'WARN_PSC_UNKNOWN_CLIENT',
      `${issuer.name} does not know ${id} any more: it leaves the state`,
    )
    return { exists: false }
  }
}

/**
 * Obtains a token, whatever `preflight` says, and returns what is stored of the answer: never the token. A token that
 * the same process has just obtained is proof enough.
 *
 * @throws {PscError} when the issuer refuses the credential or cannot be reached.
 * @throws {SecretUnavailableError}
 */
export async function update(
  context: Context,
  { news }: { readonly news: CredentialInputs },
): Promise<{ outputs: CredentialOutputs }> {
  const { clientId } = news
  const issuer = issuerFor(context, news)
  const { tokenType, expiresIn, scope } = await context.tokens.obtain(
    issuer,
    { clientId, clientSecret: context.secret(news.clientSecret) },
    context.transport(issuer, clientId),
  )
  return {
    outputs: {
      ...news,
      tokenUrl: issuer.tokenUrl,
      tokenType,
      expiresIn: expiresIn ?? null,
      scope: scope ?? null,
    },
  }
}
