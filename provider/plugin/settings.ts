import type { Code } from '../codes.ts'
import { type Bag, markUnknown } from '../engine/border.ts'
import { readConfiguration } from '../engine/configuration.ts'
import { validateKeys } from '../engine/unknown-settings.ts'
import { ConfigurationError } from '../errors.ts'
import { commandForSecret } from '../rules/config-path.ts'
import { isUnknown } from '../rules/problem.ts'
import { isRecord, quote } from '../rules/text.ts'

export type GetConfig = (key: string) => string | undefined

/** The properties of every provider resource, which the engine reads itself. */
const ofEngine = ['version', 'pluginDownloadURL', 'pluginChecksums', '__internal']

/** Reads the settings as the engine passes them to `configure`: every value is a text, an object is JSON. */
export function readVariables(variables: Iterable<readonly [string, string]>): GetConfig {
  const values = new Map(
    Array.from(variables, ([key, value]) => [key.replace(/^psc:config:/, 'psc:'), value]),
  )
  return (key) => values.get(key)
}

/**
 * Validates the settings of the stack, or of an explicit provider. Skips values that are not known yet.
 *
 * @returns the reasons to refuse them; empty for usable ones.
 */
export function validateSettings(inputs: Bag): string[] {
  const values = new Map(
    Object.entries(inputs)
      .filter(([key, value]) => !ofEngine.includes(key) && !isUnknown(markUnknown(value)))
      .map(([key, value]) => [`psc:${key}`, asText(value)]),
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

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * Describes the secrets that refer to a key that Pulumi does not pass to a plugin.
 *
 * @param names the inputs that may refer to a secret.
 */
export function describeUnreachable(names: readonly string[], inputs: Bag): string[] {
  return names.flatMap((name) => {
    const secret = inputs[name]
    const key = isRecord(secret) ? markUnknown(secret.config) : undefined
    if (typeof key !== 'string' || key.startsWith('psc:')) return []
    const own = `psc:${key.slice(key.indexOf(':') + 1)}`
    const message = `${name}.config: Pulumi passes a plugin only the keys under psc:, so ${quote(key)} does not arrive. Run ${commandForSecret(own)} and write { config: ${quote(own)} }, or pass the secret itself.`
    return [`${message} [${'ERR_PSC_CONFIGURATION_NAMESPACE' satisfies Code}]`]
  })
}
