import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { readConfiguration } from '../../provider/engine/configuration.ts'
import type { LoadOptions } from '../../provider/manifest/index.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { CommandError } from '../errors.ts'

/** Holds the folders of a Pulumi project. */
export interface FleetProject {
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
    const name = names.find((candidate) => existsSync(join(folder, candidate)))
    if (name !== undefined) return { folder, program: programFolder(folder, join(folder, name)) }
    if (folder === dirname(folder)) return undefined
  }
}

function programFolder(folder: string, file: string): string {
  const settings: unknown = parse(readFileSync(file, 'utf8'))
  const main = isRecord(settings) && typeof settings.main === 'string' ? settings.main : '.'
  const path = resolve(folder, main)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new CommandError('ERR_PSC_USAGE', `${file}: main: there is no ${path}. Correct the path.`)
  }
  return found.isFile() ? dirname(path) : path
}

/**
 * Reads the settings of a shared configuration that the validation of the manifest uses. The program of a stack reads the
 * settings of that stack.
 *
 * @throws {CommandError} for a file that cannot be read.
 * @throws {ConfigurationError}
 */
export function sharedSettings(
  file: string | undefined,
): Pick<LoadOptions, 'baseUrls' | 'certificateExpiryWarningDays'> {
  if (file === undefined) return {}
  let config: unknown
  try {
    ;({ config } = Object(parse(readFileSync(file, 'utf8'))) as { config?: unknown })
  } catch {
    throw new CommandError(
      'ERR_PSC_USAGE',
      `--config-file: ${file} cannot be read as YAML. Give the path of a stack's configuration.`,
    )
  }
  const values = isRecord(config) ? config : {}
  const { baseUrls, certificateExpiryWarningDays } = readConfiguration((key) => textOf(values[key]))
  return { baseUrls, certificateExpiryWarningDays }
}

/** Writes a value of a configuration file as Pulumi passes it on: an object as JSON. Nothing for an encrypted value. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (isRecord(value) && 'secure' in value) return undefined
  return JSON.stringify(value)
}
