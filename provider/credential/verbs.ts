import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { hasUnknown, readDeclaration } from '../engine/unknown.ts'
import { isExplained, IssuerError, PscError } from '../errors.ts'
import {
  isProvenElsewhere,
  noteRun,
  problemsOfPreflight,
  type Provable,
  prove,
  proveNew,
} from '../proof/prove.ts'
import type { TokenIssuer } from '../psc/issuers.ts'
import { validateCredential } from '../rules/client.ts'
import { describeProblem } from '../rules/problem.ts'
import { type CredentialInputs, type CredentialOutputs, issuerFor } from './inputs.ts'

/**
 * Judges a credential by what is known of it, and proves one that is not in the state yet, unless the program does. Never
 * rewrites what was declared; a failure's path begins its reason, for the sake of secrets, as in the check of a client.
 */
export async function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const inputs = noteRun(context, news)
  const declared = readDeclaration(inputs)
  const reasons = [...problemsOfPreflight(declared.preflight), ...problemsOfRules(declared)]
  const issuer = readIssuer(context, declared, reasons)
  const isNew = Object.keys(olds).length === 0
  if (isNew && issuer && reasons.length === 0) {
    const proof = (credential: Provable) => prove(context, credential, issuer)
    reasons.push(...(await proveNew(context, declared, issuer, proof)))
  }
  return { inputs, failures: reasons.map((reason) => ({ property: '', reason })) }
}

function problemsOfRules(declared: Readonly<Record<string, unknown>>): string[] {
  return validateCredential(declared)
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
}

function readIssuer(
  context: Context,
  declared: Readonly<Record<string, unknown>>,
  reasons: string[],
): TokenIssuer | undefined {
  if (hasUnknown([declared.issuer, declared.authBaseUrl])) return undefined
  try {
    return issuerFor(context, declared)
  } catch (error) {
    if (!isExplained(error)) throw error
    const path = error instanceof IssuerError ? `${error.property}: ` : ''
    reasons.unshift(path + error.message)
    return undefined
  }
}

/**
 * Compares what was applied with what is declared now, and in a preview proves the credential if there is a change,
 * unless it replaces it and the program does.
 *
 * Another `issuer` or `clientId` replaces the resource; another address of the same issuer is a change. What a token
 * came with (its lifetime, its scope) is no part of the declaration: that it varies is no change.
 *
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError when the issuer refuses the credential.
 */
export async function diff(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const old = readDeclaration(olds) as Partial<CredentialOutputs>
  const declared = readDeclaration(news)
  const changed = (key: keyof CredentialInputs) =>
    hasUnknown(declared[key]) || !isDeepStrictEqual(old[key], declared[key])
  const replaces = (['issuer', 'clientId'] as const).filter(changed)
  const changes = (['authBaseUrl', 'clientSecret', 'preflight'] as const).some(changed)
  const isKnown = !hasUnknown([declared.issuer, declared.authBaseUrl])
  const issuer = isKnown ? issuerFor(context, declared) : undefined
  if (replaces.length === 0 && !changes && issuer?.tokenUrl === old.tokenUrl) {
    return { changes: false }
  }
  const { clientId, clientSecret, preflight } = declared
  if (issuer && !hasUnknown([clientId, clientSecret, preflight])) {
    const credential = declared as unknown as CredentialInputs
    const isNew = replaces.length > 0
    if (!isProvenElsewhere(context, credential, isNew)) await prove(context, credential, issuer)
  }
  return { changes: true, replaces: [...replaces] }
}

/**
 * Proves a credential for the first time. What `dependsOn` it is held back until then.
 *
 * @throws what {@link obtain} throws.
 */
export async function create(
  context: Context,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const outs = await obtain(context, inputs)
  return { id: outs.clientId, outs }
}

/**
 * Proves a credential again. No property changes: what the last apply obtained stays, so that a lifetime that
 * varies is no drift.
 *
 * @returns no id when a PSC does not know the client any more: the engine then forgets it. Motor RCE answers the
 * same to a wrong secret and to a client that is gone, so there both are errors.
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError for a credential that is refused.
 */
export async function read(
  context: Context,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  const declared = readDeclaration(props)
  const issuer = issuerFor(context, declared)
  try {
    await prove(context, declared as unknown as CredentialInputs, issuer)
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    context.warn(`${issuer.name} does not know ${id} any more: it leaves the state`)
    return { id: '', props: {} }
  }
  return { id, props }
}

/**
 * Proves a changed credential.
 *
 * @throws what {@link obtain} throws; the old outputs are then kept, and the next apply tries again.
 */
export async function update(
  context: Context,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return { outs: await obtain(context, news) }
}

/**
 * Obtains a token, whatever `preflight` says, and returns what is kept of the answer: never the token. A token that
 * the same process has just been given is proof enough.
 *
 * @throws {PscError} when the issuer refuses the credential or cannot be reached.
 * @throws {SecretUnavailableError}
 */
export async function obtain(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<CredentialOutputs> {
  const inputs = readDeclaration(properties) as unknown as CredentialInputs
  const issuer = issuerFor(context, { ...inputs })
  const credentials = {
    clientId: inputs.clientId,
    clientSecret: context.secret(inputs.clientSecret),
  }
  const { tokenType, expiresIn, scope } = await context.tokens.obtain(
    issuer,
    credentials,
    context.transport(issuer, inputs.clientId),
  )
  return {
    ...inputs,
    tokenUrl: issuer.tokenUrl,
    tokenType,
    expiresIn: expiresIn ?? null,
    scope: scope ?? null,
  }
}
