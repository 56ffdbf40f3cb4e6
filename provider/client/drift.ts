import { isDeepStrictEqual } from 'node:util'
import type { Context, Run } from '../engine/context.ts'
import {
  describeDoubt,
  type Finding,
  hasTold,
  findRegisteredUris,
} from '../proof/registered-uris.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
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
  warnOfUnchecked(context, profile, findings)
  const client = describeClient(old)
  const missing = pick(findings, declared, 'not registered')
  if (missing.length > 0) warnOfMissing(context, client, missing)
  const extra = pick(findings, former, 'registered')
  if (extra.length > 0) warnOfExtra(context, client, extra)
  const redirectUris = findings
    .filter(
      ({ uri, status }) =>
        status === 'registered' || (status === 'not told' && old.redirectUris.includes(uri)),
    )
    .map(({ uri }) => uri)
  const isDrifted = !isDeepStrictEqual(redirectUris, declared)
  const isTold = tells ?? findings.some(({ status }) => status === 'registered')
  if (isDeepStrictEqual(redirectUris, old.redirectUris) && isTold === (tells ?? false))
    return undefined
  return {
    ...old,
    redirectUris,
    registered: old.registered && { ...old.registered, redirectUris },
    drift: {
      ...(isDrifted && { declared }),
      ...(former.length > 0 && { former }),
      ...(isTold && { tells: true }),
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
  // A PSC that compares the beginning of a URI, or ignores its query, would be said to have it forever.
  const bases = redirectUris.map((uri) => uri.split('?', 1).join())
  const gone = [...new Set([...old.redirectUris, ...declared, ...former])].filter(
    (uri) => !bases.some((base) => uri.startsWith(base)),
  )
  const isSamePlace = old.endpoints.authorize === endpoints.authorize
  if (!isSamePlace || (gone.length === 0 && !tells)) return undefined
  return {
    ...(gone.length > 0 && { former: gone.slice(0, mostFormer) }),
    ...(tells && { tells }),
  }
}

/**
 * Finds out after a write whether a PSC tells, once in a run. A later refresh that finds no redirect URI of the client must
 * know it.
 */
export async function learnWhetherPscTells(
  context: Context,
  profile: PscProfile,
  { clientId, redirectUris }: ClientOutputs,
): Promise<boolean> {
  if (hasTold(context, profile)) return false
  const client = { clientId, uris: redirectUris.slice(0, 1), isProven: true }
  const findings = await findRegisteredUris(context, profile, client)
  return findings.some(({ status }) => status === 'registered')
}

/** How long a PSC may take until a write is in force, in seconds; no more than `psc:timeoutSeconds`. */
const patienceSeconds = 30

const longestWaitMs = 5_000

/** The PSCs that told nothing in this run, however long it took. */
const untold = new WeakMap<Run, Set<string>>()

/**
 * Waits until the redirect URIs that were written are in force, and those that were removed are not. Warns of what the PSC
 * does not tell, and of what it still has.
 *
 * @returns the declared URIs that the PSC does not have yet, and whether it has told any.
 */
export async function proveInForce(
  context: Context,
  profile: PscProfile,
  written: ClientOutputs,
): Promise<{ readonly missing: readonly string[]; readonly tells: boolean }> {
  const { clock, run } = context
  const { clientId, redirectUris, drift: { former = [], tells } = {} } = written
  const mute = untold.get(run) ?? new Set()
  untold.set(run, mute)
  const seconds = Math.min(patienceSeconds, context.configuration.timeoutSeconds)
  const until = clock.now() + seconds * 1000
  const client = {
    clientId,
    uris: [...redirectUris, ...former],
    isProven: true,
    isKnownToTell: tells,
  }
  const mayChange = ({ uri, status, doubt }: Finding) =>
    redirectUris.includes(uri)
      ? status === 'not registered' || (doubt === 'nothing' && !mute.has(profile.name))
      : status === 'registered'
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    const findings = await findRegisteredUris(context, profile, client)
    const isOver = clock.now() + waitMs > until
    if (!isOver && findings.some(mayChange)) {
      await clock.wait(waitMs)
      continue
    }
    if (isOver && findings.every(({ doubt }) => doubt === 'nothing')) mute.add(profile.name)
    warnOfUnchecked(context, profile, findings)
    const extra = pick(findings, former, 'registered')
    if (extra.length > 0) warnOfExtra(context, describeClient(written), extra)
    return {
      missing: pick(findings, redirectUris, 'not registered'),
      tells: findings.some(({ status }) => status === 'registered'),
    }
  }
}

function warnOfExtra(context: Context, client: string, uris: readonly string[]): void {
  const message = `the PSC still has ${uris.join(', ')} of ${client}, which is not declared any more. The next apply removes it.`
  context.warn('WARN_PSC_URI_STILL_REGISTERED', message)
}

/** Warns once of each reason for which a PSC does not tell. */
function warnOfUnchecked(
  context: Context,
  profile: PscProfile,
  findings: readonly Finding[],
): void {
  for (const { doubt } of findings) {
    if (!doubt) continue
    const message = `${profile.name} does not tell whether the redirect URIs of some clients are registered: ${describeDoubt(doubt, profile)}`
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
