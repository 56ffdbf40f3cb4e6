import { isDeepStrictEqual } from 'node:util'
import type { Verbs } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { toFailure } from '../errors.ts'
import { existsAtPsc, prove as proveByToken, proveNew } from '../proof/prove.ts'
import { type Provable, validatePreflight, whoProves } from '../proof/who-proves.ts'
import { resolveIssuer, type TokenIssuer } from '../psc/issuers.ts'
import { validateCredential } from '../rules/client.ts'
import { clientAuthentications } from '../rules/client-fields.ts'
import { describeProblem, validateChoice } from '../rules/problem.ts'
import type { CredentialInputs, CredentialOutputs } from './inputs.ts'

type CredentialVerbs = Required<Omit<Verbs<CredentialInputs, CredentialOutputs>, 'forget'>>

/** Validates a credential by what is known of it. Proves a new one, unless the program proves it. */
export const check: CredentialVerbs['check'] = async (context, { old, news }) => {
  const failures = [
    ...validatePreflight(news.preflight),
    ...validateChoice(
      ['clientAuthentication'],
      news.clientAuthentication ?? undefined,
      clientAuthentications,
    ),
    ...validateCredential(news),
  ]
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
  try {
    const issuer = knownIssuer(context, news)
    const credential = provableOf(news)
    if (old || !issuer || !credential || failures.length > 0) return { failures }
    const proof = () => proveByToken(context, credential, issuer)
    return { failures: await proveNew(context, credential, issuer, proof) }
  } catch (error) {
    return { failures: [toFailure(error), ...failures] }
  }
}

function knownIssuer(
  context: Context,
  { issuer, authBaseUrl, clientAuthentication }: Declared<CredentialInputs>,
): TokenIssuer | undefined {
  const named: Declared<Issued> = { issuer, authBaseUrl, clientAuthentication }
  return isKnown<Issued>(named) ? issuerFor(context, named) : undefined
}

type Issued = Pick<CredentialInputs, 'issuer' | 'authBaseUrl' | 'clientAuthentication'>

/** @throws {IssuerError} for an issuer that cannot be used. */
export function issuerFor(
  context: Context,
  { issuer, authBaseUrl, clientAuthentication }: Issued,
): TokenIssuer {
  const profileOf = (reference: unknown) => context.profile(reference)
  return resolveIssuer(issuer, authBaseUrl, profileOf, clientAuthentication)
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
 * Another `issuer` or `clientId` replaces the resource. Another address of the same issuer is a change. The lifetime and
 * the scope of a token are not declared, so they are not compared.
 *
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link proveByToken} throws, such as a PscError when the issuer refuses the credential.
 */
export const diff: CredentialVerbs['diff'] = async (context, { old, news }) => {
  const isChanged = (key: keyof CredentialInputs) =>
    !isKnown<unknown>(news[key]) || !isDeepStrictEqual(old[key], news[key])
  const replaces = (['issuer', 'clientId'] as const).filter(isChanged)
  const changes = (
    ['authBaseUrl', 'clientSecret', 'clientAuthentication', 'preflight'] as const
  ).some(isChanged)
  const issuer = knownIssuer(context, news)
  if (replaces.length === 0 && !changes && issuer?.tokenUrl === old.tokenUrl) {
    return { changes: false }
  }
  const credential = provableOf(news)
  if (issuer && credential) {
    const prover = whoProves(context, credential, replaces.length > 0)
    if (prover === 'provider') await proveByToken(context, credential, issuer)
  }
  return { changes: true, replaces }
}

/**
 * Proves a credential in the preview of its creation or change.
 *
 * @throws what {@link proveByToken} throws, such as a PscError when the issuer refuses the credential.
 */
export const prove: CredentialVerbs['prove'] = async (context, { news }) => {
  const [issuer, credential] = [knownIssuer(context, news), provableOf(news)]
  if (!issuer || !credential) return undefined
  return { isVerified: await proveByToken(context, credential, issuer) }
}

/**
 * Proves a credential for the first time. Resources that depend on it wait for the proof.
 *
 * @throws what {@link obtain} throws.
 */
export const create: CredentialVerbs['create'] = async (context, { news }) => {
  return { id: news.clientId, outputs: await obtain(context, news) }
}

/**
 * Proves a credential again. Keeps the outputs of the last apply, so that another lifetime is not reported as drift.
 *
 * @returns that it does not exist as {@link existsAtPsc} does. Motor RCE answers alike for a wrong secret
 * and for a removed client, so both are errors there.
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link proveByToken} throws, such as a PscError for a credential that is refused.
 */
export const read: CredentialVerbs['read'] = async (context, { id, old }) => {
  const issuer = issuerFor(context, old)
  const exists = await existsAtPsc(context, id, issuer, () => proveByToken(context, old, issuer))
  return { exists }
}

/**
 * Proves a changed credential.
 *
 * @throws what {@link obtain} throws.
 */
export const update: CredentialVerbs['update'] = async (context, { news }) => {
  return { outputs: await obtain(context, news) }
}

/**
 * Obtains a token under any `preflight`, and returns the values to store, never the token. Uses a token that the same process
 * has just obtained.
 *
 * @throws {PscError} when the issuer refuses the credential or cannot be reached.
 * @throws {SecretUnavailableError}
 */
async function obtain(context: Context, inputs: CredentialInputs): Promise<CredentialOutputs> {
  const { clientId } = inputs
  const issuer = issuerFor(context, inputs)
  const { tokenType, expiresIn, scope } = await context.token(issuer, {
    clientId,
    clientSecret: context.secret(inputs.clientSecret),
    reference: inputs.clientSecret,
  })
  return {
    ...inputs,
    tokenUrl: issuer.tokenUrl,
    tokenType,
    expiresIn: expiresIn ?? null,
    scope: scope ?? null,
  }
}
