import { isDeepStrictEqual } from 'node:util'
import { type Declared, isKnown, type Partially } from '../engine/unknown.ts'
import type { Context } from '../engine/context.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { endpointsOf } from '../psc/profiles/profile.ts'
import { validateCertificateRenewal } from '../rules/certificate-rules.ts'
import { pickStored } from '../rules/client-fields.ts'
import { type ClientInputs, type ClientOutputs, describeClient, subjectOf } from './inputs.ts'

/** Finds the properties whose change makes a client another one: another PSC or environment, another `clientId`. */
export function findReplaced(
  context: Context,
  old: ClientOutputs,
  news: Declared<ClientInputs>,
): string[] {
  return [
    ...(isSamePsc(context, old.psc, news.psc) ? [] : ['psc']),
    ...(isSame(old.clientId, news.clientId) ? [] : ['clientId']),
  ]
}

/** Another address or capability of the same PSC is a change, but no other PSC. */
function isSamePsc(
  context: Context,
  old: PscReference,
  declared: Partially<PscReference>,
): boolean {
  if (isSame(old, declared)) return true
  if (!isKnown<PscReference>(declared)) return false
  try {
    return (
      context.profile(old).name === context.profile(declared).name &&
      environmentOf(old) === environmentOf(declared)
    )
  } catch {
    return false
  }
}

function environmentOf(psc: PscReference): string | undefined {
  return typeof psc === 'string' ? undefined : psc.environment
}

type Compared = Exclude<keyof ClientInputs, 'clientId' | 'redirectUris' | 'problems'>

/** The inputs whose values are compared; typed so that a new one cannot be forgotten. */
const compared: Readonly<Record<Compared, true>> = {
  psc: true,
  clientSecret: true,
  previousClientSecret: true,
  name: true,
  comments: true,
  email: true,
  certificate: true,
  preflight: true,
}

const comparedKeys = Object.keys(compared) as readonly Compared[]

/** Picks the inputs that lead to the outputs of a client. */
export function inputsOf(outputs: ClientOutputs): ClientInputs {
  const keys: readonly (keyof ClientInputs)[] = [...comparedKeys, 'clientId', 'redirectUris']
  const given = keys.filter((key) => outputs[key] !== undefined)
  return Object.fromEntries(given.map((key) => [key, outputs[key]])) as unknown as ClientInputs
}

/**
 * Tells whether the PSC may have something else of a client than what is stored. Warns if this machine's journal, which
 * would tell, cannot be read.
 */
export function isUnsure(context: Context, old: ClientOutputs): boolean {
  const { journal } = context
  const { settled, writtenAt } = old
  if (settled === false) return true
  if (journal.failure !== undefined) warnOfJournal(context, journal.failure)
  return journal.doubts(subjectOf(old), { writtenAt, document: pickStored(old) })
}

/** Warns that this machine has no journal of writes. */
export function warnOfJournal(context: Context, failure: string): void {
  const message = `the journal of writes cannot be used here (${failure}), so an interrupted write may go unnoticed. Set PULUMI_PSC_HOME to a folder of your own.`
  context.warn('WARN_PSC_JOURNAL', message)
}

/** Tells whether the PSC has a client as it is declared, at the same address. */
export function isUnchanged(
  context: Context,
  old: ClientOutputs,
  news: Declared<ClientInputs>,
): news is ClientInputs {
  return (
    !isUnsure(context, old) &&
    comparedKeys.every((key) => isSame(old[key], news[key])) &&
    isSameList(old.redirectUris, news.redirectUris) &&
    isSame(old.endpoints, endpointsOf(context.profile(news.psc)))
  )
}

function isSame(old: unknown, declared: unknown): boolean {
  return isKnown(declared) && isDeepStrictEqual(old, declared)
}

/** The first redirect URI is the default of an authorize request; the order of the others means nothing. */
function isSameList(old: readonly string[], declared: Partially<readonly string[]>): boolean {
  if (!isKnown<readonly string[]>(declared)) return false
  return old[0] === declared[0] && isDeepStrictEqual(old.toSorted(), declared.toSorted())
}

/** Warns of what a change brings with it, where the engine's own comparison does not show it. */
export function warnOfChanges(
  context: Context,
  old: ClientOutputs,
  news: Declared<ClientInputs>,
): void {
  const { psc, redirectUris, certificate } = news
  const client = describeClient(news)
  if (isKnown<readonly string[]>(redirectUris)) {
    warnOfRemovedUris(context, client, old, redirectUris)
    warnOfLostUris(context, client, old, redirectUris)
    const compares = context.findProfile(psc).profile?.redirectUriRule === 'certificate'
    if (compares && isKnown<ClientInputs['certificate']>(certificate)) {
      warnOfRenewal(context, client, old, { redirectUris, certificate })
    }
  }
  if (isKnown<PscReference>(psc)) warnOfMove(context, old, psc)
  if (isUnsure(context, old)) {
    const message = `the outcome of the last write of ${client} is unknown. The next apply writes the client again.`
    context.warn('WARN_PSC_NOT_SETTLED', message)
  }
}

function warnOfRemovedUris(
  context: Context,
  client: string,
  old: ClientOutputs,
  redirectUris: readonly string[],
): void {
  const removed = old.redirectUris.filter((uri) => !redirectUris.includes(uri))
  if (removed.length === 0) return
  const message = `${client} loses ${removed.join(', ')}. Sign-ins that return there will fail.`
  context.warn('WARN_PSC_URI_REMOVED', message)
}

/** Warns that a PSC does not have declared redirect URIs. */
export function warnOfMissing(context: Context, client: string, uris: readonly string[]): void {
  const message = `${client}: the PSC does not have ${uris.join(', ')} any more. Sign-ins that return there fail. The next apply registers what is declared.`
  context.warn('WARN_PSC_URI_NOT_REGISTERED', message)
}

/** Warns of declared redirect URIs that a refresh did not find at the PSC. */
function warnOfLostUris(
  context: Context,
  client: string,
  { redirectUris: found, drift }: ClientOutputs,
  redirectUris: readonly string[],
): void {
  const lost = redirectUris.filter((uri) => drift?.declared?.includes(uri) && !found.includes(uri))
  if (lost.length === 0) return
  warnOfMissing(context, client, lost)
}

function warnOfRenewal(
  context: Context,
  client: string,
  old: ClientOutputs,
  { redirectUris, certificate }: Pick<ClientInputs, 'redirectUris' | 'certificate'>,
): void {
  if (!old.certificate || !certificate) return
  const [before, now] = [old.certificate.hosts, certificate.hosts]
  for (const { code, message } of validateCertificateRenewal(before, now, redirectUris)) {
    context.warn(code, `${client}: ${message}`)
  }
}

function warnOfMove(context: Context, old: ClientOutputs, psc: PscReference): void {
  const profile = context.profile(psc)
  const [was, is] = [old.endpoints, endpointsOf(profile)].map((at) => at.clientMaintenance)
  if (was === is) return
  const message = `${profile.name} has moved from ${was} to ${is}. Its clients are written there.`
  context.warn('WARN_PSC_MOVED', message)
}
