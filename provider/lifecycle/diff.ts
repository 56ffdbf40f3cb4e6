import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import { issuerOf } from '../psc/issuer.ts'
import { endpointsOf } from '../psc/profile.ts'
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
import { formatPath } from '../rules/problem.ts'
import { prove } from './preflight.ts'

/**
 * Compares what was applied with what is declared now, and proves the client if there is a change.
 *
 * Reordering anything but the first redirect URI is no change; another `psc` or `clientId` replaces the
 * resource; another address of the same PSC is a change, because the client must be written there too.
 * A refresh calls this with the roles swapped, so nothing here depends on the direction.
 *
 * @throws {PscError} when the PSC refuses the client.
 */
export async function diff(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const old = readDeclaration(olds) as Partial<ClientOutputs>
  const declared = readDeclaration(news) as unknown as ClientInputs
  const replaces = (['psc', 'clientId'] as const).filter((key) => !same(old[key], declared[key]))
  if (replaces.length === 0 && isUnchanged(context, old, declared)) return { changes: false }
  if (replaces.length === 0) {
    announceRemovedUris(context, old, declared)
    announceNewHosts(context, old, declared)
    announceMove(context, old, declared)
  }
  const { clientId, clientSecret, preflight } = declared
  if (!hasUnknown([declared.psc, clientId, clientSecret, preflight])) {
    await prove(context, declared, issuerOf(context.profile(declared.psc)))
  }
  return { changes: true, replaces: [...replaces] }
}

function isUnchanged(
  context: Context,
  old: Partial<ClientOutputs>,
  declared: ClientInputs,
): boolean {
  const keys = ['clientSecret', 'name', 'comments', 'email', 'certificate', 'preflight'] as const
  return (
    keys.every((key) => same(old[key], declared[key])) &&
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
  for (const { path, message } of judgeCertificateRenewal(
    old.certificate.hosts,
    hosts,
    declared.redirectUris,
  )) {
    context.warn(`${describeClient(declared)}: ${formatPath(path)} ${message}`)
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
