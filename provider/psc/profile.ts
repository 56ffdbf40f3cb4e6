import { isLoopback } from '../http/loopback.ts'

/** The PSCs that are known by name. */
export type PscName = 'neoid' | 'serproid'

/** What differs between PSCs, as data: no verb asks which PSC it speaks to. */
export interface PscProfile {
  /** Names the PSC in messages, in `psc:baseUrls`, and where one client must not be declared twice. */
  readonly name: string
  /** Where the endpoints begin, without a slash at the end: `https://…/v0/oauth`. */
  readonly baseUrl: string
  /** Whether the answer to a maintenance request repeats what is registered now. */
  readonly echoes: boolean
  /** Whether obtaining an application token changes anything at the PSC; then nothing obtains one unasked. */
  readonly tokenHasSideEffects: boolean
}

/** A PSC in a declaration: its name, or a known one with other values, or one of your own. */
export type PscReference = PscName | PscProfileArgs

/** A profile in a declaration; what is left out comes from the profile that it extends. */
export interface PscProfileArgs {
  /** The known PSC whose values it starts from (default: the one called `name`, else `neoid`). */
  readonly extends?: PscName
  /** Default: the name of the PSC that it extends. */
  readonly name?: string
  /** https, or plain http for a loopback address. */
  readonly baseUrl?: string
  readonly echoes?: boolean
  readonly tokenHasSideEffects?: boolean
}

/**
 * The known PSCs.
 *
 * @see the API documents "Manutenção de aplicação" (NeoID) and "Token de acesso de aplicação" (SerproID)
 */
export const profiles: Readonly<Record<PscName, PscProfile>> = {
  neoid: {
    name: 'neoid',
    baseUrl: 'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth',
    echoes: true,
    tokenHasSideEffects: false,
  },
  serproid: {
    name: 'serproid',
    baseUrl: 'https://serproid.serpro.gov.br/oauth/v0/oauth',
    echoes: true,
    tokenHasSideEffects: false,
  },
}

/** Where a PSC's services are. */
export interface Endpoints {
  readonly authorize: string
  readonly token: string
  readonly clientToken: string
  readonly clientMaintenance: string
}

/** The addresses of a PSC's services. */
export function endpointsOf(profile: Pick<PscProfile, 'baseUrl'>): Endpoints {
  return {
    authorize: `${profile.baseUrl}/authorize`,
    token: `${profile.baseUrl}/token`,
    clientToken: `${profile.baseUrl}/client_token`,
    clientMaintenance: `${profile.baseUrl}/client_maintenance`,
  }
}

/** A `psc` argument or a base URL that names no PSC; the message says what to write instead. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError'
  readonly code = 'ERR_PSC_PROFILE'
}

/**
 * Turns a declaration's `psc` into a profile; the base URL of `psc:baseUrls` wins.
 *
 * @throws {ProfileError} for an unknown name, and for a base URL that is neither https nor loopback.
 */
export function resolveProfile(
  reference: unknown,
  baseUrls: Readonly<Record<string, string>> = {},
): PscProfile {
  const given = readReference(reference)
  const extended = profiles[given.extends ?? (isPscName(given.name) ? given.name : 'neoid')]
  const name = given.name ?? extended.name
  const baseUrl = Object.hasOwn(baseUrls, name) ? baseUrls[name] : given.baseUrl
  if (baseUrl === undefined && name !== extended.name) {
    throw new ProfileError(`the PSC "${name}" needs a baseUrl`)
  }
  return {
    name,
    baseUrl: checkBaseUrl(baseUrl ?? extended.baseUrl, name),
    echoes: given.echoes ?? extended.echoes,
    tokenHasSideEffects: given.tokenHasSideEffects ?? extended.tokenHasSideEffects,
  }
}

const fields: Readonly<Record<keyof PscProfileArgs, 'string' | 'boolean'>> = {
  extends: 'string',
  name: 'string',
  baseUrl: 'string',
  echoes: 'boolean',
  tokenHasSideEffects: 'boolean',
}

function readReference(reference: unknown): PscProfileArgs {
  const known = Object.keys(profiles).join(', ')
  if (typeof reference === 'string') {
    if (isPscName(reference)) return { name: reference }
    throw new ProfileError(
      `"${reference}" is no known PSC: use one of ${known}, or a profile object`,
    )
  }
  if (typeof reference !== 'object' || reference === null || Array.isArray(reference)) {
    throw new ProfileError(`must be the name of a PSC (${known}) or a profile object`)
  }
  for (const [key, value] of Object.entries(reference)) {
    const type = Object.hasOwn(fields, key) ? fields[key as keyof PscProfileArgs] : undefined
    if (!type)
      throw new ProfileError(
        `unknown key "${key}": a profile has ${Object.keys(fields).join(', ')}`,
      )
    if (value !== undefined && typeof value !== type)
      throw new ProfileError(`${key} must be a ${type}`)
  }
  const given = reference as PscProfileArgs
  if (given.extends !== undefined && !isPscName(given.extends)) {
    throw new ProfileError(
      `extends "${String(given.extends)}", which is no known PSC: use one of ${known}`,
    )
  }
  if (given.extends === undefined && given.name === undefined) {
    throw new ProfileError(`needs a name or a PSC to extend (${known})`)
  }
  return given
}

function isPscName(name: unknown): name is PscName {
  return typeof name === 'string' && Object.hasOwn(profiles, name)
}

/**
 * The base URL without a slash at the end.
 *
 * @throws {ProfileError} when a secret sent there could be read on the way.
 */
export function checkBaseUrl(text: string, name: string): string {
  const fault = faultOfAddress(text)
  if (fault !== undefined) throw new ProfileError(`the base URL of "${name}" ${fault}`)
  return new URL(text).href.replace(/\/+$/, '')
}

/** Why no secret may be sent to an address: it could be read on the way. Undefined for a good one. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'is not a URL'
  if (url.username || url.password) return 'must not hold a user name or a password'
  if (url.search || url.hash) return 'must not have a query or a fragment'
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe ? undefined : 'must be https (plain http is accepted for loopback addresses alone)'
}
