import * as pulumi from '@pulumi/pulumi'
import type { Code } from '../codes.ts'
import { ConfigurationError } from '../errors.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { perStack } from './outputs.ts'
import { explainMisplaced, type OtherKeys, validateKeys } from './unknown-settings.ts'

/** Holds what a program knows of its stack's configuration. */
interface Declared extends Partial<Pick<OtherKeys, 'references' | 'pscs'>> {
  /** Whether the program reads no settings of its own: then a setting in the project's namespace is an error. */
  readonly isWhole?: boolean
}

/**
 * Reads and validates the configuration of the program's stack, once for each stack. So a wrong setting ends a program
 * before it asks a PSC.
 *
 * @param declared what a manifest declares. Only the first call of a program counts.
 * @throws {pulumi.RunError} for an unknown or unusable setting. The engine shows it without a stack trace.
 */
export function stackConfiguration(declared: Declared = {}): Configuration {
  const stack = ofStack()
  stack.declared ??= declared
  // The tests of a program may have no stack, and change the configuration.
  if (pulumi.runtime.getStackResource() === undefined) return validate(stack.declared)
  return (stack.validated ??= validate(stack.declared))
}

/**
 * Reads the settings without their validation, such as the place of the manifest.
 *
 * @throws {pulumi.RunError} for an unusable setting.
 */
export function stackSettings(): Configuration {
  return asRunError(() => readConfiguration((key) => pulumi.runtime.getConfig(key)))
}

/**
 * Refuses keys that are nearly a setting, when a manifest has problems and its references are not known: the problem may be
 * that such a key was meant for it.
 *
 * @throws {pulumi.RunError}
 */
export function refuseMisspelt(): void {
  const keys = Object.keys(pulumi.runtime.allConfig())
  const other = {
    project: pulumi.getProject(),
    references: new Set<string>(),
    mayBeOwn: () => true,
    pscs: undefined,
  }
  asRunError(() => validateKeys(keys, {}, other))
}

const ofStack = perStack((): { declared?: Declared; validated?: Configuration } => ({}))

const misplacedCode: Code = 'WARN_PSC_CONFIGURATION_NAMESPACE'

function validate({ references = new Set(), pscs, isWhole = false }: Declared): Configuration {
  const settings = stackSettings()
  const keys = Object.keys(pulumi.runtime.allConfig())
  const project = pulumi.getProject()
  // In a project called psc, a program has its own keys under `psc:` too.
  const mayBeOwn = (key: string) => isEncrypted(key) || (project === 'psc' && !isWhole)
  const other = { project, references, mayBeOwn, pscs }
  const [misplaced, ...rest] = asRunError(() => validateKeys(keys, settings.baseUrls, other))
  if (misplaced === undefined) return settings
  const sentences = [misplaced, ...rest].map(explainMisplaced)
  if (isWhole) throw new pulumi.RunError(new ConfigurationError(sentences.join('\n')).message)
  for (const sentence of sentences) void pulumi.log.warn(`${sentence} [${misplacedCode}]`)
  return settings
}

/** Tells whether a value is encrypted. The SDK's types lack the function. */
export function isEncrypted(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean }
  return isConfigSecret?.(key) ?? false
}

function asRunError<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message)
    throw error
  }
}
