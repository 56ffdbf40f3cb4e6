import { ConfigurationError, ProfileError } from '../errors.ts'
import { checkBaseUrl } from '../psc/profiles/profile.ts'
import { type Preflight, preflights } from '../rules/client-fields.ts'
import { isRecord } from '../rules/text.ts'
import { say, sayLater } from '../say.ts'

/** Names a way to find what was changed at a PSC without Pulumi. */
export type Drift = 'refresh' | 'apply'

/**
 * Holds the settings of a stack, in the namespace `psc:`.
 *
 * Validated without zod: every preview reads them, and zod takes longer to load than all other modules together.
 */
export interface Configuration {
  readonly manifest: string | undefined
  readonly baseUrls: Readonly<Record<string, string>>
  readonly preflight: Preflight
  readonly timeoutSeconds: number
  readonly maxConnections: number
  readonly certificateExpiryWarningDays: number
  /** Empty for `off`. */
  readonly drift: readonly Drift[]
}

export type SettingName = keyof Configuration

/** Holds the facts about a setting, each written once: for the reader, the messages and the documentation. */
interface Setting<T> {
  /** Returns undefined for an unusable text. Throws a {@link ProfileError} that explains more. */
  readonly parse: (text: string) => T | undefined
  /** The possible values, in a message and in the documentation. */
  readonly expected: () => string
  /** The end of the command that sets it, with a possible value. */
  readonly example: string
  readonly byDefault: T
  /** The default in the documentation. */
  readonly shownDefault: string
  readonly description: string
}

export const settings: { readonly [Name in SettingName]: Setting<Configuration[Name]> } = {
  manifest: {
    // Pulumi passes an object or a list as JSON.
    parse: (text) => (/^\s*([[{]|$)/.test(text) ? undefined : text),
    expected: sayLater`the path of a manifest`,
    example: 'psc:manifest clients.yaml',
    byDefault: undefined,
    shownDefault: '`clients.yaml` beside the program, or else beside `Pulumi.yaml`',
    description: 'The manifest, relative to the folder of `Pulumi.yaml`, or else to the program.',
  },
  baseUrls: {
    parse: parseBaseUrls,
    expected: sayLater`an object with a base URL for each PSC`,
    example: "--path 'psc:baseUrls.neoid' https://…",
    byDefault: {},
    shownDefault: 'none',
    description: 'Replaces the addresses of PSCs, also those of a manifest.',
  },
  preflight: {
    parse: (text) => preflights.find((preflight) => preflight === text),
    expected: sayLater`\`auto\`, \`required\` or \`off\``,
    example: 'psc:preflight auto',
    byDefault: 'auto',
    shownDefault: '`auto`',
    description: 'The `preflight` of clients and credentials that have none of their own.',
  },
  timeoutSeconds: {
    parse: wholeNumber(3600),
    expected: sayLater`a whole number from 1 to ${3600}`,
    example: 'psc:timeoutSeconds 60',
    byDefault: 60,
    shownDefault: '60',
    description: 'The time of one operation in seconds, retries included.',
  },
  maxConnections: {
    parse: wholeNumber(256),
    expected: sayLater`a whole number from 1 to ${256}`,
    example: 'psc:maxConnections 8',
    byDefault: 8,
    shownDefault: '8',
    description: 'The largest number of connections to one PSC.',
  },
  certificateExpiryWarningDays: {
    parse: wholeNumber(3650),
    expected: sayLater`a whole number from 1 to ${3650}`,
    example: 'psc:certificateExpiryWarningDays 30',
    byDefault: 30,
    shownDefault: '30',
    description: 'How many days before its end a preview warns of a certificate.',
  },
  drift: {
    parse: parseDrift,
    expected: sayLater`\`off\`, \`refresh\`, \`apply\` or \`refresh,apply\``,
    example: 'psc:drift off',
    byDefault: [],
    shownDefault: '`off`',
    description: 'When to look for changes that were made without Pulumi.',
  },
}

/** Lists the names of all settings, without their namespace. */
export const settingNames = Object.keys(settings) as readonly SettingName[]

/** Tells whether a name is that of a setting. */
export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(settings, name)
}

/** Writes the command that sets a setting. */
export function commandFor(name: SettingName): string {
  return `\`pulumi config set ${settings[name].example}\``
}

/** Says which values a setting may have. */
export function expectedOf(name: SettingName): string {
  return settings[name].expected().replaceAll('`', '')
}

/**
 * Reads the text of a setting.
 *
 * @param shown names the setting in an error.
 * @throws {ConfigurationError} for an address that a PSC cannot have.
 * @returns undefined for another unusable text.
 */
export function parseSetting<Name extends SettingName>(
  name: Name,
  text: string,
  shown: string,
): Configuration[Name] | undefined {
  try {
    return settings[name].parse(text)
  } catch (error) {
    if (error instanceof ProfileError) throw new ConfigurationError(`${shown}: ${error.detail}`)
    throw error
  }
}

/**
 * Reads the settings of a stack.
 *
 * @param get returns the value of a key such as `psc:preflight` as text; an object as JSON.
 * @throws {ConfigurationError} with the key, its possible values, and the command that sets it.
 */
export function readConfiguration(get: (key: string) => string | undefined): Configuration {
  const read = <Name extends SettingName>(name: Name): Configuration[Name] => {
    const text = get(`psc:${name}`)
    if (text === undefined) return settings[name].byDefault
    const value = parseSetting(name, text, `psc:${name}`)
    if (value !== undefined) return value
    throw new ConfigurationError(
      say`psc:${name} must be ${expectedOf(name)}. Run ${commandFor(name)}.`,
    )
  }
  return {
    manifest: read('manifest'),
    baseUrls: read('baseUrls'),
    preflight: read('preflight'),
    timeoutSeconds: read('timeoutSeconds'),
    maxConnections: read('maxConnections'),
    certificateExpiryWarningDays: read('certificateExpiryWarningDays'),
    drift: read('drift'),
  }
}

function wholeNumber(most: number): (text: string) => number | undefined {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : 0
    return number >= 1 && number <= most ? number : undefined
  }
}

const driftValues: Readonly<Record<string, readonly Drift[]>> = {
  off: [],
  refresh: ['refresh'],
  apply: ['apply'],
  'refresh,apply': ['refresh', 'apply'],
  'apply,refresh': ['refresh', 'apply'],
}

function parseDrift(text: string): readonly Drift[] | undefined {
  const value = text.replace(/,\s+/, ',')
  return Object.hasOwn(driftValues, value) ? driftValues[value] : undefined
}

function parseBaseUrls(text: string): Readonly<Record<string, string>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isTextRecord(value)) return undefined
  for (const [name, url] of Object.entries(value)) checkBaseUrl(url, name)
  return value
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}
