import * as pulumi from '@pulumi/pulumi'
import type { Code } from '../codes.ts'
import { ConfigurationError } from '../errors.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { perStack } from './outputs.ts'
import { explainMisplaced, type OtherKeys, validateKeys } from './unknown-settings.ts'

/** Holds what a manifest tells of its stack's configuration. */
interface Declared extends Partial<Pick<OtherKeys, 'references' | 'pscs'>> {
  /** Whether the program reads no settings of its own: then a setting in the project's namespace is an error. */
  readonly isWhole?: boolean
}

let manifestsMayFollow = false

/** Marks a program that can declare manifests: a key of which nothing is known yet may be that of a secret in one. */
export function expectManifests(): void {
  manifestsMayFollow = true
}

/**
 * Reads and validates the configuration of the program's stack: once, and again for each manifest. So a wrong setting ends a
 * program before it asks a PSC.
 *
 * @param declared what a manifest declares. Its references count from now on.
 * @throws {pulumi.RunError} for an unknown or unusable setting. The engine shows it without a stack trace.
 */
export function stackConfiguration(declared?: Declared): Configuration {
  const stack = ofStack()
  for (const key of declared?.references ?? []) stack.references.add(key)
  // The tests of a program may have no stack, and change the configuration.
  const isKept = pulumi.runtime.getStackResource() !== undefined && declared === undefined
  if (isKept && stack.validated) return stack.validated
  return (stack.validated = validate(declared ?? {}, stack))
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

interface OfStack {
  /** The keys that the secrets of all manifests refer to. */
  readonly references: Set<string>
  /** The misplaced settings that a warning has named. */
  readonly warned: Set<string>
  validated?: Configuration
}

const ofStack = perStack((): OfStack => ({ references: new Set(), warned: new Set() }))

const misplacedCode: Code = 'WARN_PSC_CONFIGURATION_NAMESPACE'

function validate(
  { pscs, isWhole = false }: Declared,
  { references, warned }: OfStack,
): Configuration {
  const settings = stackSettings()
  const keys = Object.keys(pulumi.runtime.allConfig())
  const project = pulumi.getProject()
  // In a project called psc, a program has its own keys under `psc:` too.
  const hasOwn = !isWhole && (project === 'psc' || manifestsMayFollow)
  const mayBeOwn = (key: string) => hasOwn || isEncrypted(key)
  const other = { project, references, mayBeOwn, pscs }
  const misplaced = asRunError(() => validateKeys(keys, settings.baseUrls, other))
  if (isWhole && misplaced.length > 0) {
    const sentences = misplaced.map(explainMisplaced).join('\n')
    throw new pulumi.RunError(new ConfigurationError(sentences).message)
  }
  for (const key of misplaced) {
    if (warned.has(key)) continue
    warned.add(key)
    void pulumi.log.warn(`${explainMisplaced(key)} [${misplacedCode}]`)
  }
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
