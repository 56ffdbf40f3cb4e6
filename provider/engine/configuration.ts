import { ConfigurationError, ProfileError } from '../errors.ts'
import { checkBaseUrl } from '../psc/profiles/profile.ts'
import { type Preflight, preflights } from '../rules/client-fields.ts'
import { isRecord } from '../rules/text.ts'

/**
 * Holds the settings of a stack that the provider reads, in the namespace `psc:`.
 *
 * Validated without zod: every preview reads them, and zod takes longer to load than all other modules together.
 */
export interface Configuration {
  /** PSC → base URL. Replaces that of the manifest and the profile. */
  readonly baseUrls: Readonly<Record<string, string>>
  /** Default `auto`. */
  readonly preflight: Preflight
  /** One deadline per operation, retries included, in seconds. Default 60. */
  readonly timeoutSeconds: number
  /** Limit of connections to each PSC. Default 8. */
  readonly maxConnections: number
}

/**
 * Reads the stack's configuration.
 *
 * @param get returns the value of a key such as `psc:preflight` as text; an object as JSON.
 * @throws {ConfigurationError} with the key and its possible values.
 */
export function readConfiguration(get: (key: string) => string | undefined): Configuration {
  const read = <T>(key: string, parse: (text: string) => T | undefined, expected: string) => {
    const text = get(`psc:${key}`)
    if (text === undefined || text === '') return undefined
    const value = parse(text)
    if (value === undefined) throw new ConfigurationError(`psc:${key} must be ${expected}`)
    return value
  }
  const expectedSeconds = 'a whole number of seconds, 1 to 3600'
  return {
    baseUrls: readBaseUrls(get('psc:baseUrls')),
    preflight: read('preflight', parsePreflight, 'auto, required or off') ?? 'auto',
    timeoutSeconds: read('timeoutSeconds', wholeNumber(3600), expectedSeconds) ?? 60,
    maxConnections: read('maxConnections', wholeNumber(256), 'a whole number, 1 to 256') ?? 8,
  }
}

function parsePreflight(text: string): Preflight | undefined {
  return preflights.find((preflight) => preflight === text)
}

function wholeNumber(most: number): (text: string) => number | undefined {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : 0
    return number >= 1 && number <= most ? number : undefined
  }
}

function readBaseUrls(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined || text === '') return {}
  const expected =
    'psc:baseUrls must be an object, PSC → base URL: pulumi config set --path psc:baseUrls.neoid https://…'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ConfigurationError(expected)
  }
  if (!isTextRecord(value)) throw new ConfigurationError(expected)
  try {
    for (const [name, url] of Object.entries(value)) checkBaseUrl(url, name)
  } catch (error) {
    if (error instanceof ProfileError) throw new ConfigurationError(`psc:baseUrls: ${error.detail}`)
    throw error
  }
  return value
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}
