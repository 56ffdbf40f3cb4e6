import { isDeepStrictEqual } from 'node:util'
import type { Verbs } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { existsAtPsc, proveNew } from '../proof/prove.ts'
import { validatePreflight, whoProves } from '../proof/who-proves.ts'
import { issuerOf } from '../psc/issuers.ts'
import { describeDeletion, validateAtPsc } from '../psc/profiles/capabilities.ts'
import { nameOfPsc, type PscReference } from '../psc/profiles/profile-args.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { describeProblem, type Problem, unknownValue } from '../rules/problem.ts'
import { findReplaced, inputsOf, isUnchanged, isUnsure, warnOfChanges } from './changes.ts'
import {
  type ClientInputs,
  type ClientOutputs,
  describeClient,
  provableOf,
  isAsDeclared,
} from './inputs.ts'
import { proveClient, warnOfLimits } from './prove.ts'
import { findDeclared, isReadJustNow, noteDeclared, noteRead, noteWritten } from './siblings.ts'

type ClientVerbs = Required<Verbs<ClientInputs, ClientOutputs>>

/**
 * Validates a declaration by every rule that the known values allow. Proves a new client, for which the engine calls no
 * diff, unless the program proves it.
 */
export const check: ClientVerbs['check'] = async (context, { old, news }) => {
  const failures = problemsOfProgram(news.problems)
  // A certificate that the program could not read is left out; it is validated like one that is not known yet.
  const declared: Declared<ClientInputs> =
    failures.length > 0 ? { ...news, certificate: news.certificate ?? unknownValue } : news
  const { profile, failure } = context.findProfile(declared.psc)
  if (failure !== undefined) failures.unshift(failure)
  const problems = problemsOfRules(context, declared, old?.certificate, profile)
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const errors = problems.filter(({ severity }) => severity === 'error')
  failures.push(...errors.map(describeProblem))
  if (profile) noteDeclared(context, declared, profile)
  if (old || !profile || failures.length > 0) return { failures, warnings }
  const provable = provableOf(declared)
  if (!provable) return { failures, warnings }
  warnOfLimits(context, provable, profile)
  const proof = () => proveClient(context, provable, profile)
  return { failures: await proveNew(context, provable, issuerOf(profile), proof), warnings }
}

function problemsOfProgram(problems: unknown): string[] {
  return Array.isArray(problems) ? problems.filter((problem) => typeof problem === 'string') : []
}

function problemsOfRules(
  context: Context,
  declared: Declared<ClientInputs>,
  previous: Declared<ClientInputs>['certificate'] | undefined,
  profile: PscProfile | undefined,
): Problem[] {
  const hosts = isKnown<ClientInputs['certificate'] | undefined>(previous)
    ? previous?.hosts
    : undefined
  const options = {
    now: new Date(),
    ...(hosts && { previousHosts: hosts }),
    // Without a profile, the settings may be what is wrong.
    ...(profile && {
      certificateExpiryWarningDays: context.configuration.certificateExpiryWarningDays,
    }),
  }
  return [...validatePreflight(declared.preflight), ...validateAtPsc(profile, declared, options)]
}

/**
 * Compares what was applied with what is declared now. In a preview, proves a client that changes, unless the program
 * proves it.
 *
 * Ignores the order of redirect URIs after the first. Another PSC, environment or `clientId` replaces the resource. Another
 * address of the same PSC is a change: the client must be written there too. The state stores nothing of a secret to
 * compare, so every preview proves a client with a previous secret. A refresh swaps the roles of `old` and `news`, so
 * the result must not depend on the direction. There, nothing is lost or gained: it warns of nothing and proves nothing.
 *
 * @throws {ProfileError} for a PSC that cannot be used.
 * @throws what {@link proveClient} throws, such as a PscError when the PSC refuses the client.
 */
export const diff: ClientVerbs['diff'] = async (context, { old, news }) => {
  const isRefresh = isReadJustNow(context, old)
  const replaces = findReplaced(context, old, news)
  if (replaces.length === 0) {
    // An apply repairs a drift, or accepts it.
    const isDrifted = !isRefresh && old.drift?.declared !== undefined
    if (!isDrifted && isUnchanged(context, old, news)) {
      return { changes: await isSecretPending(context, news) }
    }
    if (isRefresh) return { changes: true }
    warnOfChanges(context, old, news)
  }
  const provable = provableOf(news)
  if (provable && isKnown<PscReference>(news.psc)) {
    const profile = context.profile(news.psc)
    warnOfLimits(context, provable, profile)
    if (whoProves(context, provable, replaces.length > 0) === 'provider') {
      await proveClient(context, provable, profile)
    }
  }
  return { changes: true, replaces }
}

/**
 * Proves a client in the preview of its write.
 *
 * @throws what {@link proveClient} throws, such as a PscError when the PSC refuses the client.
 */
export const prove: ClientVerbs['prove'] = async (context, { news }) => {
  const provable = provableOf(news)
  if (!provable || !isKnown<PscReference>(news.psc)) return undefined
  const profile = context.profile(news.psc)
  const isVerified = (await proveClient(context, provable, profile)) !== undefined
  return { isVerified, writesTo: `${profile.name} (${profile.baseUrl})` }
}

/** Tells whether applying sets the secret. Without a token, only the apply can tell. */
async function isSecretPending(context: Context, client: ClientInputs): Promise<boolean> {
  if (client.previousClientSecret == null) return false
  const profile = context.profile(client.psc)
  warnOfLimits(context, client, profile)
  const isPending = await proveClient(context, client, profile)
  return isPending ?? typeof client.clientSecret !== 'string'
}

/**
 * Adopts a registered client: a PSC has no "create" here, so it is written like an update.
 *
 * @throws what {@link write} throws.
 */
export const create: ClientVerbs['create'] = async (context, { news }) => {
  return { id: news.clientId, outputs: await writeClient(context, news) }
}

/**
 * Proves that a client and its secret are still valid. A PSC has no GET, so a refresh changes two things only: it notes a
 * newer write that this machine knows of, for every other machine, and with `psc:drift` what {@link readDrift} finds.
 *
 * @returns that it does not exist as {@link existsAtPsc} does.
 * @throws {PscError} for a wrong secret: so a refresh detects a changed secret, of which nothing is stored.
 * @throws {ProfileError} for a PSC that is not known any more.
 * @throws what {@link proveClient} throws.
 */
export const read: ClientVerbs['read'] = async (context, { old }) => {
  const profile = context.profile(old.psc)
  let isProven = false
  const proof = async () => {
    isProven = (await proveClient(context, old, profile)) !== undefined
  }
  const exists = await existsAtPsc(context, describeClient(old), profile, proof)
  if (exists) noteRead(context, old)
  if (!exists || old.settled === false) return { exists }
  if (isUnsure(context, old)) return { exists, outputs: { ...old, settled: false } }
  if (!context.configuration.drift.includes('refresh')) return { exists }
  const { readDrift } = await import('./drift.ts')
  const outputs = await readDrift(context, old, profile, isProven)
  if (!outputs) return { exists }
  const isSame = isDeepStrictEqual(outputs.redirectUris, old.redirectUris)
  // The next preview compares the inputs line by line, so that a reviewer sees what changed.
  return { exists, outputs, ...(!isSame && { inputs: inputsOf(outputs) }) }
}

/**
 * Writes the whole document, whatever the old one was.
 *
 * @throws what {@link write} throws; the engine then keeps the old outputs, and the next `pulumi up` tries again.
 */
export const update: ClientVerbs['update'] = async (context, { old, news }) => {
  return { outputs: await writeClient(context, news, old) }
}

/** Loads what writes a client: a preview without changes does without it. */
async function writeClient(
  context: Context,
  inputs: ClientInputs,
  old?: ClientOutputs,
): Promise<ClientOutputs> {
  const { write } = await import('./write.ts')
  const outputs = await write(context, inputs, old)
  noteWritten(context, outputs)
  return outputs
}

/**
 * Forgets a client, which stays registered. If this run declares it under another name, writes the declared contents
 * first: until then, the resource is the only trace of other contents at the PSC. Otherwise sends nothing, so a stack can be
 * destroyed without a secret and without an answer of the PSC.
 *
 * @throws what {@link write} throws; the resource then stays, and the next `pulumi up` tries again.
 */
export const forget: ClientVerbs['forget'] = async (context, { old }) => {
  const declared = findDeclared(context, old)
  if (!declared) {
    const message = `${describeClient(old)} leaves this stack and stays registered at ${nameOfPsc(old.psc)}. ${describeDeletion(old.psc)}`
    context.warn('WARN_PSC_STAYS_REGISTERED', message)
    return
  }
  const { isWritten, news } = declared
  if (isWritten || !isKnown<ClientInputs>(news) || isAsDeclared(old, news)) return
  const message = `${describeClient(news)} had another name and other contents in this stack. It is written again before that name leaves.`
  context.warn('WARN_PSC_NOT_SETTLED', message)
  await writeClient(context, news, old)
}
