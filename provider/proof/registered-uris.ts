import type { Context } from '../engine/context.ts'
import { endpointsOf, type PscProfile } from '../psc/profiles/profile.ts'
import {
  type Calibration,
  type Doubt,
  type Finding,
  type ProbedClient,
  probeRedirectUris,
} from '../psc/probe-redirect-uris.ts'
import { say } from '../say.ts'

export type { Finding }

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
    calibrationOf(context, profile),
    { ...client, authorize, isKnownToTell },
  )
}

/** Finds what the clients of a PSC have shown in this run. */
export function calibrationOf({ run }: Context, profile: PscProfile): Calibration {
  const { authorize } = endpointsOf(profile)
  const calibration = run.calibrations.get(authorize) ?? {}
  run.calibrations.set(authorize, calibration)
  return calibration
}

/** A client without what its profile says. */
type ClientToProbe = Omit<ProbedClient, 'authorize' | 'isKnownToTell'> & {
  /** Default: as the profile says. */
  readonly isKnownToTell?: boolean | undefined
}

/**
 * Describes why it is not known whether redirect URIs are registered, as a sentence.
 *
 * @param uris names the redirect URIs, such as `its redirect URIs`.
 */
export function describeDoubt(
  doubt: Doubt,
  { name }: { readonly name: string },
  uris: string,
): string {
  if (doubt === 'scheme') return say`only http and https redirect URIs can be checked.`
  const reasons: Readonly<Record<Exclude<Doubt, 'scheme'>, string>> = {
    unanswered: say`${name} did not answer, or asked to retry later. Try again.`,
    anything: say`${name} redirects errors to addresses that nobody has registered.`,
    nothing: say`the answer of ${name} to a wrong authorize request does not show it.`,
    client: say`${name} says that it does not know the client, or that the client is disabled. Check clientId.`,
    profile: say`its profile has \`tellsRedirectUris: false\`: the PSC does not show it, or the request has side effects there. No request was sent.`,
  }
  return say`cannot find out whether ${uris} are registered at ${name}: ${reasons[doubt]}`
}
