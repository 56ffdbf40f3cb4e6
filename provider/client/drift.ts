import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../engine/context.ts'
import {
  calibrationOf,
  describeDoubt,
  type Finding,
  findRegisteredUris,
} from '../proof/registered-uris.ts'
import { type Calibration, severalInARow } from '../psc/probe-redirect-uris.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { isWeb, looseForm } from '../psc/requests/redirect-uri-probe.ts'
import { warnOfMissing } from './changes.ts'
import { type ClientOutputs, describeClient } from './inputs.ts'

/**
 * Probes the redirect URIs of a client in a refresh. A declared URI that is not registered any more leaves the outputs, and
 * one that was removed from the declaration and is still registered comes back into them. The next preview then shows what
 * `pulumi up` repairs. A URI of which the PSC does not tell stays as it is.
 *
 * @param isProven whether this refresh has proven the client by a token.
 * @returns undefined if nothing changes.
 */
export async function readDrift(
  context: Context,
  old: ClientOutputs,
  profile: PscProfile,
  isProven: boolean,
): Promise<ClientOutputs | undefined> {
  const { declared = old.redirectUris, former = [], tells } = old.drift ?? {}
  const uris = [...declared, ...former]
  const { clientId } = old
  const findings = await findRegisteredUris(context, profile, {
    clientId,
    uris,
    isProven,
    isKnownToTell: tells,
  })
  const client = describeClient(old)
  warnOfUnchecked(context, profile, client, findings)
  const missing = pick(findings, declared, 'not registered')
  if (missing.length > 0) warnOfMissing(context, client, missing)
  const extra = pick(findings, former, 'registered')
  if (extra.length > 0)
    warnOfExtra(context, client, extra, 'The next apply writes the declared URIs only.')
  const redirectUris = findings
    .filter(
      ({ uri, status }) =>
        status === 'registered' || (status === 'not told' && old.redirectUris.includes(uri)),
    )
    .map(({ uri }) => uri)
  const isDrifted = !isDeepStrictEqual(redirectUris, declared)
  const isKnownToTell = tells ?? calibrationOf(context, profile).witness !== undefined
  if (isDeepStrictEqual(redirectUris, old.redirectUris) && isKnownToTell === (tells ?? false))
    return undefined
  return {
    ...old,
    redirectUris,
    registered: old.registered && { ...old.registered, redirectUris },
    drift: {
      ...(isDrifted && { declared }),
      ...(former.length > 0 && { former }),
      ...(isKnownToTell && { tells: true }),
    },
  }
}

/** The number of former redirect URIs that a state remembers. */
const mostFormer = 20

/** Makes what the state remembers after a write; undefined if there is nothing, or `psc:drift` is off. */
export function rememberWritten(
  context: Context,
  old: ClientOutputs | undefined,
  { redirectUris, endpoints }: Pick<ClientOutputs, 'redirectUris' | 'endpoints'>,
): ClientOutputs['drift'] {
  if (!old || context.configuration.drift.length === 0) return undefined
  const { declared = [], former = [], tells } = old.drift ?? {}
  // A PSC that compares the beginning of a URI, or compares loosely, would be said to have it forever.
  const bases = redirectUris.map(looseForm)
  const gone = [...new Set([...old.redirectUris, ...declared, ...former])].filter(
    (uri) => !bases.some((base) => looseForm(uri).startsWith(base)),
  )
  const isSamePlace = old.endpoints.authorize === endpoints.authorize
  if (!isSamePlace || (gone.length === 0 && !tells)) return undefined
  return {
    ...(gone.length > 0 && { former: gone.slice(0, mostFormer) }),
    ...(tells && { tells }),
  }
}

/**
 * Finds out after a write whether a PSC tells: a later refresh that finds no redirect URI of the client must know it. Asks no
 * more in a run once a client has shown it, or several have not.
 */
export async function learnWhetherPscTells(
  context: Context,
  profile: PscProfile,
  { clientId, redirectUris }: ClientOutputs,
): Promise<boolean> {
  const calibration = calibrationOf(context, profile)
  const { untold = 0 } = calibration
  if (calibration.witness === undefined && untold < severalInARow) {
    const uris = redirectUris.filter(isWeb).slice(0, 1)
    const client = { clientId, uris, isProven: true }
    const findings = await findRegisteredUris(context, profile, client)
    noteUntold(calibration, findings)
  }
  return calibration.witness !== undefined
}

/** Counts a written client of whose web URIs nothing was told. */
function noteUntold(calibration: Calibration, findings: readonly Finding[]): void {
  const web = findings.filter(({ doubt }) => doubt !== 'scheme')
  if (web.length === 0 || !web.every(({ doubt }) => doubt === 'nothing' || doubt === 'anything'))
    return
  calibration.untold = (calibration.untold ?? 0) + 1
}

/** How long a PSC may take until a write is in force, in seconds; no more than `psc:timeoutSeconds`. */
const patienceSeconds = 30

const longestWaitMs = 5_000

/**
 * Waits until the redirect URIs that were written are in force, and those that were removed are not. Warns of what the PSC
 * does not tell, and, once the declared ones are in force, of what it still has.
 *
 * @returns the declared URIs that the PSC does not have yet, and whether it has told any.
 */
export async function proveInForce(
  context: Context,
  profile: PscProfile,
  written: ClientOutputs,
): Promise<{ readonly missing: readonly string[]; readonly tells: boolean }> {
  const { clock } = context
  const calibration = calibrationOf(context, profile)
  const { clientId, redirectUris, drift: { former = [], tells } = {} } = written
  const seconds = Math.min(patienceSeconds, context.configuration.timeoutSeconds)
  const until = clock.now() + seconds * 1000
  const client = {
    clientId,
    uris: [...redirectUris, ...former],
    isProven: true,
    isKnownToTell: tells,
  }
  const mayTell = () => calibration.witness !== undefined || calibration.untold === undefined
  const mayChange = ({ uri, status, doubt }: Finding) =>
    redirectUris.includes(uri)
      ? status === 'not registered' || (doubt === 'nothing' && mayTell())
      : status === 'registered'
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    const findings = await findRegisteredUris(context, profile, client)
    const isOver = clock.now() + waitMs > until
    if (!isOver && findings.some(mayChange)) {
      await clock.wait(waitMs)
      continue
    }
    if (isOver) noteUntold(calibration, findings)
    const described = describeClient(written)
    warnOfUnchecked(context, profile, described, findings)
    const missing = pick(findings, redirectUris, 'not registered')
    const extra = pick(findings, former, 'registered')
    // A PSC that does not have the new URIs yet still has the old ones.
    if (missing.length === 0 && extra.length > 0)
      warnOfExtra(
        context,
        described,
        extra,
        'It has accepted a write without them. Ask its support to remove them, or declare them.',
      )
    return { missing, tells: calibration.witness !== undefined }
  }
}

/** Warns of redirect URIs that left the declaration and are still registered. */
function warnOfExtra(
  context: Context,
  client: string,
  uris: readonly string[],
  remedy: string,
): void {
  const message = `${client}: the PSC still has redirect URIs that are not declared any more: ${uris.join(', ')}. ${remedy}`
  context.warn('WARN_PSC_URI_STILL_REGISTERED', message)
}

/** Warns of what could not be checked: names the client if the reason is its own, and warns once of the others. */
function warnOfUnchecked(
  context: Context,
  profile: PscProfile,
  client: string,
  findings: readonly Finding[],
): void {
  for (const { doubt } of findings) {
    // There is no remedy for a URI that cannot be checked anywhere. `pulumi-psc verify` lists it.
    if (!doubt || doubt === 'scheme') continue
    const whose = doubt === 'unanswered' || doubt === 'client' ? client : 'some clients'
    const message = describeDoubt(doubt, profile, `redirect URIs of ${whose}`)
    context.warn('WARN_PSC_URI_NOT_TOLD', message)
  }
}

function pick(
  findings: readonly Finding[],
  uris: readonly string[],
  wanted: Finding['status'],
): string[] {
  return findings
    .filter(({ uri, status }) => status === wanted && uris.includes(uri))
    .map(({ uri }) => uri)
}
