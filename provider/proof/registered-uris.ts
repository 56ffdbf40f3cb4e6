import type { Context, Run } from '../engine/context.ts'
import { endpointsOf, type PscProfile } from '../psc/profiles/profile.ts'
import {
  type Calibration,
  type Doubt,
  type Finding,
  type ProbedClient,
  probeRedirectUris,
} from '../psc/probe-redirect-uris.ts'

export type { Finding }

/** What the clients of one run have shown, by the address of `authorize`. */
const runs = new WeakMap<Run, Map<string, Calibration>>()

/** The time of one request, in seconds; no more than the operation has. */
const secondsEach = 10

/**
 * Tells which redirect URIs of a client are registered, as {@link probeRedirectUris} does. Sends nothing to a PSC whose
 * profile says that it does not tell.
 *
 * @throws {ConfigurationError}
 */
export async function findRegisteredUris(
  context: Context,
  profile: PscProfile,
  { isKnownToTell = profile.tellsRedirectUris === true, ...client }: ClientToProbe,
): Promise<readonly Finding[]> {
  if (profile.tellsRedirectUris === false) {
    return client.uris.map((uri) => ({ uri, status: 'not told', doubt: 'profile' }))
  }
  const { authorize } = endpointsOf(profile)
  const seconds = Math.min(secondsEach, context.configuration.timeoutSeconds)
  return probeRedirectUris(
    // Each request has its own time: those of a client are sent concurrently.
    (request) => context.transport(profile, { seconds })(request),
    calibrationOf(context, authorize),
    { ...client, authorize, isKnownToTell },
  )
}

/** Tells whether a client of a PSC has shown in this run that the PSC tells. */
export function hasTold(context: Context, profile: PscProfile): boolean {
  return calibrationOf(context, endpointsOf(profile).authorize).witness !== undefined
}

function calibrationOf({ run }: Context, authorize: string): Calibration {
  const calibrations = runs.get(run) ?? new Map<string, Calibration>()
  runs.set(run, calibrations)
  const calibration = calibrations.get(authorize) ?? {}
  calibrations.set(authorize, calibration)
  return calibration
}

/** A client without what its profile says. */
type ClientToProbe = Omit<ProbedClient, 'authorize' | 'isKnownToTell'> & {
  /** Default: as the profile says. */
  readonly isKnownToTell?: boolean | undefined
}

/** Words why a PSC does not tell a redirect URI, as the end of a sentence that names the URI first. */
export function describeDoubt(doubt: Doubt, { name }: { readonly name: string }): string {
  const reasons: Readonly<Record<Doubt, string>> = {
    unanswered: `${name} did not answer, or asked to retry later. Try again.`,
    anything: `${name} redirects errors to addresses that nobody has registered.`,
    nothing: `its answer to a wrong authorize request does not show which URIs are registered.`,
    client: `${name} says that it does not know the client, or that the client is disabled. Check clientId.`,
    scheme: 'only http and https URIs can be checked.',
    profile: 'its profile has `tellsRedirectUris: false`.',
  }
  return reasons[doubt]
}
