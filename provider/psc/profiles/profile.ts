import { ProfileError } from '../../errors.ts'
import { faultOfAddress, withoutFinalSlashes } from '../../http/address.ts'
import { say } from '../../say.ts'
import type { Capabilities, Fact, KnownPsc } from './fact.ts'
import { isPscName, knownPsc } from './known.ts'
import { describeUnknownPsc, type PscProfileArgs, readReference } from './profile-args.ts'

/** Holds everything that differs between PSCs, so that no verb depends on the PSC. */
export interface PscProfile extends Capabilities {
  /** Identifies the PSC in messages, in `psc:baseUrls` and in the search for duplicate clients. */
  readonly name: string
  /** The common prefix of the endpoints, without a slash at the end: `https://…/v0/oauth`. */
  readonly baseUrl: string
  /** `aud` of a signed registration; undefined if it is unknown, or if the PSC requires none. */
  readonly audience: string | undefined
  /** `iss` of authorization responses (RFC 9207); undefined if it is unknown. */
  readonly issuer: string | undefined
  /** The values that neither the PSC nor the declaration confirms. Using one gives a warning. */
  readonly unconfirmed: readonly Unconfirmed[]
}

/** Holds an unconfirmed value of a profile. */
export interface Unconfirmed {
  readonly key: keyof Capabilities | 'baseUrl'
  readonly fact: Fact<unknown>
}

/** Holds the addresses of a PSC's services. */
export interface Endpoints {
  readonly authorize: string
  readonly token: string
  readonly clientToken: string
  readonly clientMaintenance: string
}

/** Builds the addresses of a PSC's services. */
export function endpointsOf(profile: Pick<PscProfile, 'baseUrl'>): Endpoints {
  return {
    authorize: `${profile.baseUrl}/authorize`,
    token: `${profile.baseUrl}/token`,
    clientToken: `${profile.baseUrl}/client_token`,
    clientMaintenance: `${profile.baseUrl}/client_maintenance`,
  }
}

/**
 * Checks a base URL and removes a slash at its end.
 *
 * @throws {ProfileError} when a secret sent there could be read on the way.
 */
export function checkBaseUrl(text: string, name: string): string {
  const fault = faultOfAddress(text)
  if (fault !== undefined)
    throw new ProfileError(say`the base URL of "${name}" ${fault}.`, 'baseUrl')
  const address = withoutFinalSlashes(new URL(text).href)
  const [service] = services.exec(address) ?? []
  if (service === undefined) return address
  const base = address.slice(0, -service.length)
  throw new ProfileError(
    say`the base URL of "${name}" ends in ${service}, the address of one service. Give ${base}.`,
    'baseUrl',
  )
}

/**
 * Matches the address of a service at the end of a URL.
 *
 * @see DOC-ICP-17.01 v3.0, section 6; OpenID Connect Discovery 1.0, section 4
 */
const services =
  /(?:\/(?:authorize|pwd_authorize|token|client_token|client_maintenance|application|application_cert|user-discovery|certificate-discovery|signature)|\/\.well-known(?:\/[^/]*)?)$/i

const noBaseUrls: Readonly<Record<string, string>> = {}

/** The profiles of names, by the base URLs that apply: thousands of clients share one. */
const resolved = new WeakMap<typeof noBaseUrls, Map<string, PscProfile>>()

/**
 * Turns a declaration's `psc` into a profile. A base URL in `psc:baseUrls` replaces the declared one.
 *
 * @throws {ProfileError} for an unknown name or value, and for a base URL that is neither https nor loopback.
 */
export function resolveProfile(reference: unknown, baseUrls = noBaseUrls): PscProfile {
  if (typeof reference !== 'string') return resolve(reference, baseUrls)
  const names = resolved.get(baseUrls) ?? new Map<string, PscProfile>()
  resolved.set(baseUrls, names)
  const profile = names.get(reference) ?? resolve(reference, baseUrls)
  names.set(reference, profile)
  return profile
}

function resolve(reference: unknown, baseUrls: typeof noBaseUrls): PscProfile {
  const given = readReference(reference)
  const extended = given.extends ?? given.name
  if (!isPscName(extended)) throw unknownPsc(String(extended))
  const known = knownPsc(extended)
  const name = given.name ?? extended
  const set = Object.hasOwn(baseUrls, name) ? baseUrls[name] : given.baseUrl
  const address = set ?? addressOf(known, given, name, name === extended)
  const capabilities = Object.entries(known.capabilities) as [
    keyof Capabilities,
    Fact<Capabilities[keyof Capabilities]>,
  ][]
  const values = capabilities.map(([key, fact]) => [key, given[key] ?? fact.value])
  return {
    ...(Object.fromEntries(values) as unknown as Capabilities),
    name,
    baseUrl: checkBaseUrl(typeof address === 'string' ? address : address.value, name),
    audience: given.audience ?? known.audience?.value,
    issuer: given.issuer ?? known.issuer?.value,
    unconfirmed: [
      ...(typeof address === 'string' ? [] : [{ key: 'baseUrl' as const, fact: address }]),
      ...capabilities.flatMap(([key, fact]) => (given[key] === undefined ? [{ key, fact }] : [])),
    ].filter(({ fact }) => fact.mark !== 'quoted'),
  }
}

/** Explains an unknown name. A mistyped name must not become a PSC of its own with a stranger's address. */
function unknownPsc(name: string): ProfileError {
  const message = `${describeUnknownPsc(name)} ${say`A profile of your own extends a known PSC.`}`
  return new ProfileError(message, 'extends')
}

/** Finds the address of an environment. A PSC with a name of its own must declare an environment or a base URL. */
function addressOf(
  { environments }: KnownPsc,
  { environment, extends: extended }: PscProfileArgs,
  name: string,
  isKnown: boolean,
): Fact<string> {
  const [first] = Object.values(environments)
  if (environment === undefined) {
    if (first !== undefined && isKnown) return first
    throw new ProfileError(say`the PSC "${name}" needs a baseUrl.`)
  }
  const found = Object.hasOwn(environments, environment) ? environments[environment] : undefined
  if (found) return found
  const names = Object.keys(environments)
  throw new ProfileError(
    names.length === 0
      ? say`"${extended ?? name}" has no environments: give a baseUrl.`
      : say`environment must be one of ${names.join(', ')}; for another, give its baseUrl.`,
    'environment',
  )
}
