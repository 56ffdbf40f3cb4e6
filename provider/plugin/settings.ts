import type { Code } from '../codes.ts'
import { type Bag, markUnknown } from '../engine/border.ts'
import {
  expectedOf,
  isSetting,
  parseSetting,
  readConfiguration,
  settingNames,
} from '../engine/configuration.ts'
import { describePlainSecret } from '../engine/secret.ts'
import { explainUnknownPsc, nearestSetting, validateKeys } from '../engine/unknown-settings.ts'
import { ConfigurationError } from '../errors.ts'
import { commandForSecret, keyOfPath } from '../rules/config-path.ts'
import { listKnown } from '../rules/nearest.ts'
import { isKnown } from '../engine/unknown.ts'
import { isRecord, quote } from '../rules/text.ts'

export type GetConfig = (key: string) => string | undefined

/** The properties of every provider resource, which the engine reads itself. */
const ofEngine = ['version', 'pluginDownloadURL', 'pluginChecksums', '__internal']

/** The settings of a provider: a manifest is one of programs only. */
const ofProvider: readonly string[] = settingNames.filter((name) => name !== 'manifest')

/**
 * Tells whether a provider is one that the program declares. The engine makes the others of the settings of the stack.
 *
 * @param urn undefined from an older engine.
 */
export function isOwnProvider(urn = '::default'): boolean {
  return !/^default(_|$)/.test(urn.slice(urn.lastIndexOf('::') + 2))
}

/**
 * Reads the settings as the engine passes them to `configure`: every value is a text, an object is JSON.
 *
 * @param ofStack the configuration of the stack under `psc:`, as JSON. It holds what the provider leaves open.
 */
export function readVariables(
  variables: Iterable<readonly [string, string]>,
  ofStack = '{}',
): GetConfig {
  const stack: unknown = JSON.parse(ofStack)
  const values = new Map<string, string>(
    Object.entries(isRecord(stack) ? stack : {}).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`psc:${key}`, value] as const] : [],
    ),
  )
  for (const [key, value] of variables) values.set(key.replace(/^psc:config:/, 'psc:'), value)
  return (key) => values.get(key)
}

/**
 * Validates the settings of the stack. Skips values that are not known yet.
 *
 * @returns the reasons to refuse them; empty for usable ones.
 */
export function validateSettings(inputs: Bag): string[] {
  const values = new Map(
    knownSettings(inputs).map(([name, value]) => [`psc:${name}`, asText(value)]),
  )
  // A key of the team's own may hold the secret of a client.
  const other = {
    project: '',
    references: new Set<string>(),
    mayBeOwn: () => true,
    pscs: undefined,
  }
  try {
    const { baseUrls } = readConfiguration((key) => values.get(key))
    validateKeys([...values.keys()], baseUrls, other)
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return [error.message]
    throw error
  }
}

/**
 * Refuses unknown settings of the stack. Only `configure` tells which keys are encrypted: those may be secrets of the team.
 *
 * @param plain the keys that are not encrypted, without their namespace.
 * @param urn names the project; undefined from an older engine.
 * @throws {ConfigurationError}
 */
export function refuseUnknown(plain: readonly string[], urn = ''): void {
  const [, project] = urn.split('::')
  // In a project called psc, a program has its own keys under `psc:` too.
  if (project === undefined || project === 'psc') return
  const keys = plain.filter((name) => !ofEngine.includes(name)).map((name) => `psc:${name}`)
  const other = { project, references: new Set<string>(), mayBeOwn: () => false, pscs: undefined }
  validateKeys(keys, {}, other)
}

/**
 * Validates the settings of a provider that the program declares. Skips values that are not known yet.
 *
 * @returns every reason to refuse them; empty for usable ones.
 */
export function validateProvider(inputs: Bag): string[] {
  return knownSettings(inputs).flatMap(([name, value]) => {
    const detail = describeSetting(name, value)
    return detail === undefined ? [] : [new ConfigurationError(detail).message]
  })
}

/** Describes what is wrong with a setting of a provider. The configuration of the stack cannot mend it. */
function describeSetting(name: string, value: unknown): string | undefined {
  if (!isSetting(name) || !ofProvider.includes(name)) {
    const meant = nearestSetting(name)
    const remedy =
      meant && ofProvider.includes(meant) ? `Did you mean ${meant}?` : listKnown(ofProvider)
    return `unknown setting ${quote(name)} of a provider. ${remedy}`
  }
  try {
    const parsed: unknown = parseSetting(name, asText(value), name)
    if (parsed === undefined) return `${name} must be ${expectedOf(name)}.`
    if (name !== 'baseUrls' || !isRecord(parsed)) return undefined
    const [unknown] = Object.keys(parsed).flatMap((psc) => explainUnknownPsc(psc) ?? [])
    return unknown && `baseUrls: ${unknown.sentences}`
  } catch (error) {
    if (error instanceof ConfigurationError) return error.detail
    throw error
  }
}

function knownSettings(inputs: Bag): [string, unknown][] {
  return Object.entries(inputs).filter(
    ([name, value]) => !ofEngine.includes(name) && isKnown<unknown>(markUnknown(value)),
  )
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * Describes the secrets that refer to a key that Pulumi does not pass to a plugin.
 *
 * @param names the inputs that may refer to a secret.
 */
export function describeUnreachable(names: readonly string[], inputs: Bag): string[] {
  return referredKeys(names, inputs).flatMap(([name, key]) => {
    if (key.startsWith('psc:')) return []
    const own = `psc:${key.slice(key.indexOf(':') + 1)}`
    const message = `${name}.config: Pulumi passes a plugin only the keys under psc:, so ${quote(key)} does not arrive. Run ${commandForSecret(own)} and write { config: ${quote(own)} }, or pass the secret itself.`
    return [`${message} [${'ERR_PSC_CONFIGURATION_NAMESPACE' satisfies Code}]`]
  })
}

/**
 * Warns of each secret that stands unencrypted in the stack's configuration.
 *
 * @param isPlain tells whether a key holds its value unencrypted.
 */
export function describePlain(
  names: readonly string[],
  inputs: Bag,
  isPlain: (key: string) => boolean,
): string[] {
  return referredKeys(names, inputs).flatMap(([, path]) => {
    const key = [path, keyOfPath(path)].find(isPlain)
    return key === undefined ? [] : [describePlainSecret(path, key === path)]
  })
}

/** Finds the inputs that refer to a key of the stack's configuration. */
function referredKeys(names: readonly string[], inputs: Bag): (readonly [string, string])[] {
  return names.flatMap((name) => {
    const secret = inputs[name]
    const key = isRecord(secret) ? markUnknown(secret.config) : undefined
    return typeof key === 'string' ? [[name, key] as const] : []
  })
}
