import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import { endpointsOf } from '../psc/profiles/profile.ts'
import type { Context } from './context.ts'
import {
  type ClientInputs,
  type ClientOutputs,
  hasUnknown,
  readDeclaration,
  describeClient,
} from './declaration.ts'
import { restoreEndpoints } from './kept.ts'
import { judgeCertificateRenewal } from '../rules/certificate-change.ts'
import { isRecord } from '../rules/text.ts'
import { isProvenElsewhere } from './preflight.ts'
import { announceLimits, proveClient } from './prove-client.ts'

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
  for (const { message } of judgeCertificateRenewal(
    old.certificate.hosts,
    hosts,
    declared.redirectUris,
  )) {
    context.warn(`${describeClient(declared)}: ${message}`)
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
