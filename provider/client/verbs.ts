import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { hasUnknown, readDeclaration } from '../engine/unknown.ts'
import { isExplained, PscError } from '../errors.ts'
import { isProvenElsewhere, noteRun, problemsOfPreflight, proveNew } from '../proof/prove.ts'
import { issuerOf } from '../psc/issuers.ts'
import { judgeCapabilities } from '../psc/profiles/capabilities.ts'
import { endpointsOf, type PscProfile } from '../psc/profiles/profile.ts'
import { validateCertificateRenewal } from '../rules/certificate-rules.ts'
import { validateClient } from '../rules/client.ts'
import { describeProblem, formatPath, unknownValue } from '../rules/problem.ts'
import { isRecord } from '../rules/text.ts'
import { type ClientInputs, type ClientOutputs, describeClient } from './inputs.ts'
import { announceLimits, type ProvableClient, proveClient } from './prove.ts'
import { keep, restoreEndpoints } from './state.ts'

/**
 * Judges a declaration by every rule that what is known allows, and proves a client that is not in the state
 * yet, because the engine calls no diff for it, unless the program does. Never rewrites what was declared.
 *
 * A failure's `property` stays empty and its path begins the reason: the engine prints the value of the
 * property that is named there, a secret's in the clear.
 */
export async function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const inputs = noteRun(context, news)
  const declared = readDeclaration(inputs)
  const reasons = problemsOfProgram(declared.problems)
  // A certificate that the program could not read is judged like one that is not known yet.
  if (reasons.length > 0) declared.certificate ??= unknownValue
  reasons.push(...problemsOfPreflight(declared.preflight))
  const profile = readProfile(context, declared.psc, reasons)
  reasons.push(...problemsOfRules(declared, olds, profile))
  const isNew = Object.keys(olds).length === 0
  if (isNew && profile && reasons.length === 0) {
    reasons.push(...(await proveNewClient(context, declared, profile)))
  }
  return { inputs, failures: reasons.map((reason) => ({ property: '', reason })) }
}

/** What only the user's program could see: a certificate that cannot be read, a client declared twice. */
function problemsOfProgram(problems: unknown): string[] {
  return Array.isArray(problems) ? problems.filter((problem) => typeof problem === 'string') : []
}

function problemsOfRules(
  declared: Readonly<Record<string, unknown>>,
  olds: Readonly<Record<string, unknown>>,
  profile: PscProfile | undefined,
): string[] {
  const { certificate } = readDeclaration(olds) as Partial<ClientInputs>
  const previousHosts = certificate ? { previousHosts: certificate.hosts } : {}
  const ofPsc = profile ? judgeCapabilities(profile, declared) : []
  const paths = new Set(ofPsc.map(({ path }) => formatPath(path)))
  const ofRules = validateClient(declared, { now: new Date(), ...previousHosts })
  // Warnings are shown under the resource by the program itself.
  return [...ofPsc, ...ofRules.filter(({ path }) => !paths.has(formatPath(path)))]
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
}

function readProfile(context: Context, psc: unknown, reasons: string[]): PscProfile | undefined {
  if (hasUnknown(psc)) return undefined
  try {
    return context.profile(psc)
  } catch (error) {
    if (!isExplained(error)) throw error
    reasons.unshift(error.code === 'ERR_PSC_PROFILE' ? `psc: ${error.message}` : error.message)
    return undefined
  }
}

async function proveNewClient(
  context: Context,
  declared: Readonly<Record<string, unknown>>,
  profile: PscProfile,
): Promise<string[]> {
  const client = declared as unknown as ProvableClient
  if (hasUnknown([client.clientSecret, client.previousClientSecret, client.preflight])) return []
  announceLimits(context, client, profile)
  return proveNew(context, declared, issuerOf(profile), () => proveClient(context, client, profile))
}

/**
 * Compares what was applied with what is declared now, and in a preview proves the client if there is a change, unless
 * it replaces it and the program does.
 *
 * Reordering anything but the first redirect URI is no change; another PSC, environment or `clientId` replaces the
 * resource; another address of the same PSC is a change, because the client must be written there too. A previous
 * secret is tried at every preview.
 * A refresh calls this with the roles swapped, so nothing here depends on the direction.
 *
 * @throws {ProfileError} for a PSC that cannot be used.
 * @throws what {@link proveClient} throws, such as a PscError when the PSC refuses the client.
 */
export async function diff(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const old = readDeclaration(olds) as Partial<ClientOutputs>
  const declared = readDeclaration(news) as unknown as ClientInputs
  const replaces: string[] = []
  if (!samePsc(context, old.psc, declared.psc)) replaces.push('psc')
  if (!same(old.clientId, declared.clientId)) replaces.push('clientId')
  if (replaces.length === 0 && isUnchanged(context, old, declared)) {
    return { changes: await isSecretPending(context, declared) }
  }
  if (replaces.length === 0) {
    announceRemovedUris(context, old, declared)
    announceNewHosts(context, old, declared)
    announceMove(context, old, declared)
    if (old.settled === false) {
      const client = describeClient(declared)
      context.warn(
        `what the PSC has of ${client} is not sure since the last write: it is written again`,
      )
    }
  }
  const { clientId, clientSecret, previousClientSecret, preflight } = declared
  if (!hasUnknown([declared.psc, clientId, clientSecret, previousClientSecret, preflight])) {
    const profile = context.profile(declared.psc)
    announceLimits(context, declared, profile)
    const isNew = replaces.length > 0
    if (!isProvenElsewhere(context, declared, isNew)) await proveClient(context, declared, profile)
  }
  return { changes: true, replaces }
}

/**
 * What a reference refers to may have changed while the reference did not. Nothing of a secret is kept to be compared
 * with, so whoever declares a previous secret has it found out at every preview, by a token; where none is obtained
 * then, by the apply.
 */
async function isSecretPending(context: Context, declared: ClientInputs): Promise<boolean> {
  if (declared.previousClientSecret == null) return false
  const profile = context.profile(declared.psc)
  announceLimits(context, declared, profile)
  const isPending = await proveClient(context, declared, profile)
  return isPending ?? typeof declared.clientSecret !== 'string'
}

/** Another value of the same PSC's profile is a change, but no other PSC. */
function samePsc(context: Context, old: unknown, declared: unknown): boolean {
  if (same(old, declared)) return true
  if (hasUnknown([old, declared])) return false
  try {
    return (
      context.profile(old).name === context.profile(declared).name && sameEnvironment(old, declared)
    )
  } catch {
    return false
  }
}

function sameEnvironment(...references: readonly unknown[]): boolean {
  const [a, b] = references.map((reference) =>
    isRecord(reference) ? reference.environment : undefined,
  )
  return a === b
}

const comparedKeys = [
  'psc',
  'clientSecret',
  'previousClientSecret',
  'name',
  'comments',
  'email',
  'certificate',
  'preflight',
] as const

function isUnchanged(
  context: Context,
  old: Partial<ClientOutputs>,
  declared: ClientInputs,
): boolean {
  return (
    old.settled !== false &&
    comparedKeys.every((key) => same(old[key], declared[key])) &&
    sameUris(old.redirectUris, declared.redirectUris) &&
    same(restoreEndpoints(old.endpoints), endpointsOf(context.profile(declared.psc)))
  )
}

function same(a: unknown, b: unknown): boolean {
  return !hasUnknown(b) && isDeepStrictEqual(a, b)
}

/** The first is the default of an authorize request; the order of the others means nothing. */
function sameUris(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || hasUnknown(b)) return false
  return a[0] === b[0] && isDeepStrictEqual(a.toSorted(), b.toSorted())
}

function announceRemovedUris(
  context: Context,
  old: Partial<ClientOutputs>,
  declared: ClientInputs,
): void {
  if (hasUnknown(declared.redirectUris)) return
  const removed = (old.redirectUris ?? []).filter((uri) => !declared.redirectUris.includes(uri))
  if (removed.length === 0) return
  const client = describeClient(declared)
  context.warn(`${client} loses ${removed.join(', ')}: sign-ins that return there will fail`)
}

function announceNewHosts(
  context: Context,
  old: Partial<ClientOutputs>,
  declared: ClientInputs,
): void {
  if (!old.certificate || hasUnknown([declared.certificate, declared.redirectUris])) return
  const { hosts } = declared.certificate
  for (const { message, code } of validateCertificateRenewal(
    old.certificate.hosts,
    hosts,
    declared.redirectUris,
  )) {
    context.warn(`${describeClient(declared)}: ${message} [${code}]`)
  }
}

/** The declaration is the same, so the engine's own comparison shows nothing. */
function announceMove(context: Context, old: Partial<ClientOutputs>, declared: ClientInputs): void {
  if (!old.endpoints || hasUnknown(declared.psc)) return
  const profile = context.profile(declared.psc)
  const was = restoreEndpoints(old.endpoints).clientMaintenance
  const is = endpointsOf(profile).clientMaintenance
  if (was !== is)
    context.warn(`${profile.name} has moved from ${was} to ${is}: its clients are written there`)
}

/**
 * Adopts a registered client: a PSC has no "create" here, so it is written like an update.
 *
 * @throws what {@link write} throws.
 */
export async function create(
  context: Context,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const outs = await (await import('./write.ts')).write(context, inputs)
  return { id: outs.clientId, outs: keep(outs) }
}

/**
 * Proves that a client and its secret are alive. There is no GET, so no property ever changes.
 *
 * @returns no id when the PSC does not know the client any more: the engine then forgets it.
 * @throws {PscError} for a wrong secret: that it changed shows here, without anything of it being kept.
 * @throws {ProfileError} for a PSC that is not known any more.
 * @throws what {@link proveClient} throws.
 */
export async function read(
  context: Context,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  const client = readDeclaration(props) as unknown as ClientOutputs
  const profile = context.profile(client.psc)
  try {
    await proveClient(context, client, profile)
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    context.warn(
      `${profile.name} does not know ${describeClient(client)} any more: it leaves the state`,
    )
    return { id: '', props: {} }
  }
  return { id, props }
}

/**
 * Writes the whole document, whatever the old one was.
 *
 * @throws what {@link write} throws; the old outputs are then kept, and the next apply tries again.
 */
export async function update(
  context: Context,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return { outs: keep(await (await import('./write.ts')).write(context, news)) }
}

/**
 * Forgets a client. The PSC has no delete, so the client stays registered, running applications go on, and
 * nothing is sent: neither a credential nor a PSC that answers is needed to destroy a stack.
 */
export function forget(
  context: Context,
  _id: string,
  props: Readonly<Record<string, unknown>>,
): Promise<void> {
  const client = readDeclaration(props) as unknown as ClientOutputs
  const { psc } = client
  const where = typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
  context.warn(
    `${describeClient(client)} leaves this stack and stays registered at ${where}: only the PSC's support can remove it [WARN_PSC_STAYS_REGISTERED]`,
  )
  return Promise.resolve()
}
