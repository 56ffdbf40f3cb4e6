import { z } from 'zod'
import { checkBaseUrl, ProfileError } from '../psc/profile.ts'

/** When a client is proven by obtaining a token: where it is possible, always, or never. */
export type Preflight = 'auto' | 'required' | 'off'

/** The keys of a stack's configuration that the provider reads, in the namespace `psc:`. */
export interface Configuration {
  /** PSC → base URL; wins over the manifest and the profile. */
  readonly baseUrls: Readonly<Record<string, string>>
  /** Default `auto`. */
  readonly preflight: Preflight
  /** One deadline per operation, retries included, in seconds. Default 60. */
  readonly timeoutSeconds: number
  /** Open connections per PSC. Default 8. */
  readonly maxConnections: number
}

/** A value in the stack's configuration that cannot be used. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code = 'ERR_PSC_CONFIGURATION'
}

const preflight = z.enum(['auto', 'required', 'off'])
const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most))

/**
 * Reads the stack's configuration.
 *
 * @param get the value of a key such as `psc:preflight`, as text; objects are JSON, as Pulumi keeps them.
 * @throws {ConfigurationError} naming the key and what it may be.
 */
export function readConfiguration(get: (key: string) => string | undefined): Configuration {
  const read = <T>(
    key: string,
    schema: z.ZodType<T, string>,
    otherwise: T,
    expected: string,
  ): T => {
    const text = get(`psc:${key}`)
    if (text === undefined || text === '') return otherwise
    const result = schema.safeParse(text)
    if (result.success) return result.data
    throw new ConfigurationError(`psc:${key} must be ${expected}`)
  }
  return {
    baseUrls: readBaseUrls(get('psc:baseUrls')),
    preflight: read(
      'preflight',
      preflight as z.ZodType<Preflight, string>,
      'auto',
      'auto, required or off',
    ),
    timeoutSeconds: read(
      'timeoutSeconds',
      wholeNumber(1, 3600),
      60,
      'a whole number of seconds, 1 to 3600',
    ),
    maxConnections: read('maxConnections', wholeNumber(1, 256), 8, 'a whole number, 1 to 256'),
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
  const result = z.record(z.string(), z.string()).safeParse(value)
  if (!result.success) throw new ConfigurationError(expected)
  try {
    for (const [name, url] of Object.entries(result.data)) checkBaseUrl(url, name)
  } catch (error) {
    if (error instanceof ProfileError)
      throw new ConfigurationError(`psc:baseUrls: ${error.message}`)
    throw error
  }
  return result.data
}
