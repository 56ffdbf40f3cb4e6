import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { readConfiguration } from '../../provider/engine/configuration.ts'
import { explainMisplaced, validateKeys } from '../../provider/engine/unknown-settings.ts'
import { ConfigurationError } from '../../provider/errors.ts'
import { configKeysOf, type LoadOptions, type Manifest } from '../../provider/manifest/index.ts'
import { pscNames } from '../../provider/psc/index.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { CommandError } from '../errors.ts'

/** Holds the folders of a Pulumi project. */
export interface FleetProject {
  /** The project's name, which is the namespace of its own configuration. */
  readonly name: string
  /** The folder of Pulumi.yaml, absolute. */
  readonly folder: string
  /** The folder of the program, absolute. The provider runs there and finds its package and files there. */
  readonly program: string
}

const names = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json']

/**
 * Finds the project of a folder; undefined if there is none.
 *
 * @throws {CommandError} when its `main` does not exist.
 */
export function findProject(from: string): FleetProject | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = names.find((candidate) => existsSync(join(folder, candidate)))
    if (file !== undefined) return readProject(folder, join(folder, file))
    if (folder === dirname(folder)) return undefined
  }
}

function readProject(folder: string, file: string): FleetProject {
  const settings: unknown = parse(readFileSync(file, 'utf8'))
  const { name, main } = isRecord(settings) ? settings : {}
  return {
    name: String(name),
    folder,
    program: programFolder(folder, file, typeof main === 'string' ? main : '.'),
  }
}

function programFolder(folder: string, file: string, main: string): string {
  const path = resolve(folder, main)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new CommandError('ERR_PSC_USAGE', `${file}: main: there is no ${path}. Correct the path.`)
  }
  return found.isFile() ? dirname(path) : path
}

/** Holds the configuration that all stacks of a fleet share. */
export interface SharedConfiguration {
  /** The settings that the validation of the manifest uses. */
  readonly settings: Pick<LoadOptions, 'baseUrls' | 'certificateExpiryWarningDays'>
  /**
   * Validates the keys, so that a mistake is reported once and before there is a stack.
   *
   * @throws {ConfigurationError}
   */
  validateKeys(manifest: Manifest, project: string): void
}

/**
 * Reads a shared configuration. The program of a stack reads the settings of that stack.
 *
 * @throws {CommandError} for a file that cannot be read.
 * @throws {ConfigurationError} for an unusable setting.
 */
export function readShared(file: string | undefined): SharedConfiguration {
  if (file === undefined) return { settings: {}, validateKeys: () => undefined }
  const values = readValues(file)
  const { baseUrls, certificateExpiryWarningDays } = readConfiguration((key) => textOf(values[key]))
  return {
    settings: { baseUrls, certificateExpiryWarningDays },
    validateKeys(manifest, project) {
      const misplaced = validateKeys(Object.keys(values), baseUrls, {
        project,
        references: configKeysOf(manifest, project),
        mayBeOwn: (key) => isEncrypted(values[key]),
        pscs: [...pscNames, ...manifest.pscs],
      })
      if (misplaced.length > 0)
        throw new ConfigurationError(misplaced.map(explainMisplaced).join('\n'))
    },
  }
}

function readValues(file: string): Readonly<Record<string, unknown>> {
  try {
    const { config } = Object(parse(readFileSync(file, 'utf8'))) as { config?: unknown }
    return isRecord(config) ? config : {}
  } catch {
    throw new CommandError(
      'ERR_PSC_USAGE',
      `--config-file: ${file} cannot be read as YAML. Give the path of a stack's configuration.`,
    )
  }
}

/** Writes a value of a configuration file as Pulumi passes it on: an object as JSON. Nothing for an encrypted value. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return isEncrypted(value) ? undefined : JSON.stringify(value)
}

function isEncrypted(value: unknown): boolean {
  return isRecord(value) && 'secure' in value
}
