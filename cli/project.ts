import { existsSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { type Configuration, readConfiguration } from '../provider/engine/configuration.ts'
import { explainMisplaced, validateKeys } from '../provider/engine/unknown-settings.ts'
import { FileError } from '../provider/errors.ts'
import { configKeysOf, type Manifest } from '../provider/manifest/index.ts'
import { pscNames } from '../provider/psc/index.ts'
import { readText } from '../provider/read-file.ts'
import { isRecord, withLineFeeds } from '../provider/rules/text.ts'
import { say } from '../provider/say.ts'
import { CommandError } from './errors.ts'

/** Holds the folders of a Pulumi project. */
export interface Project {
  /** The project's name, which is the namespace of its own configuration. */
  readonly name: string
  /** The folder of Pulumi.yaml, absolute. */
  readonly folder: string
  /** The folder of the program, absolute. The provider runs there and finds its package and files there. */
  readonly program: string
  /** Returns the path of a stack's configuration. */
  readonly fileOf: (stack: string) => string
  /** The configuration of all its stacks, by keys. */
  readonly values: Readonly<Record<string, unknown>>
}

const names = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json']

/**
 * Finds the project of a folder; undefined if there is none.
 *
 * @throws {CommandError} when Pulumi.yaml cannot be read or has no name, or its `main` does not exist.
 */
export function findProject(from: string): Project | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = names.find((candidate) => existsSync(join(folder, candidate)))
    if (file !== undefined) return readProject(folder, join(folder, file))
    if (folder === dirname(folder)) return undefined
  }
}

function readProject(folder: string, file: string): Project {
  const { name, main, stackConfigDir, config } = readYaml(file)
  if (typeof name !== 'string' || name === '') {
    const message = say`${shown(file)}: the project has no name. Give the key name.`
    throw new CommandError('ERR_PSC_USAGE', message)
  }
  return {
    name,
    folder,
    program: programFolder(folder, file, typeof main === 'string' ? main : '.'),
    fileOf: (stack) =>
      join(
        folder,
        typeof stackConfigDir === 'string' ? stackConfigDir : '.',
        `Pulumi.${stack}${extname(file)}`,
      ),
    values: isRecord(config) ? config : {},
  }
}

function programFolder(folder: string, file: string, main: string): string {
  const path = resolve(folder, main)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`${file}: main: there is no ${path}. Correct the path.`,
    )
  }
  return found.isFile() ? dirname(path) : path
}

/** Holds the configuration of a stack as its file has it. */
export interface StoredConfiguration {
  readonly settings: Configuration
  /** Returns a value as text, as Pulumi passes it to a program; undefined for an encrypted one. */
  readonly get: (key: string) => string | undefined
  /**
   * Validates the keys by what manifests declare, or leniently if that is not known.
   *
   * @returns sentences about settings that stand in the namespace of the project.
   * @throws {ConfigurationError}
   */
  readonly validateKeys: (project: string, manifests?: readonly Manifest[]) => string[]
}

/**
 * Reads the values of a configuration, each with its key. Leaves encrypted ones alone.
 *
 * @throws {ConfigurationError} for an unusable setting.
 */
export function readStored(values: Readonly<Record<string, unknown>>): StoredConfiguration {
  const get = (key: string) => textOf(values[key])
  const settings = readConfiguration(get)
  return {
    settings,
    get,
    validateKeys: (project, manifests) =>
      validateKeys(Object.keys(values), manifests ? settings.baseUrls : {}, {
        project,
        references: new Set(
          (manifests ?? []).flatMap((manifest) => [...configKeysOf(manifest, project)]),
        ),
        mayBeOwn: (key) => manifests === undefined || isEncrypted(values[key]),
        pscs: manifests && [...pscNames, ...manifests.flatMap(({ pscs }) => pscs)],
      }).map(explainMisplaced),
  }
}

/**
 * Reads the values of a file such as `Pulumi.dev.yaml`.
 *
 * @throws {CommandError} for a file that cannot be read.
 */
export function readValues(file: string): Readonly<Record<string, unknown>> {
  const { config } = readYaml(file)
  return isRecord(config) ? config : {}
}

const shown = (file: string) => relative('.', resolve(file))

function readYaml(file: string): Readonly<Record<string, unknown>> {
  const refuse = (why: string) => new CommandError('ERR_PSC_USAGE', `${shown(file)}: ${why}`)
  let text: string
  try {
    text = readText(file)
  } catch (error) {
    throw error instanceof FileError ? refuse(error.detail) : error
  }
  try {
    const value: unknown = parse(withLineFeeds(text), { logLevel: 'error' })
    return isRecord(value) ? value : {}
  } catch {
    throw refuse(say`the file cannot be read as YAML. Correct it.`)
  }
}

/** Stands for an address that is encrypted: nothing is sent to it. */
const encryptedUrl = 'https://encrypted.invalid/'

/** Writes a value of a configuration file as Pulumi passes it on: an object as JSON. Nothing for an encrypted value. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (isEncrypted(value)) return undefined
  return JSON.stringify(value, (name, inside: unknown) =>
    isEncrypted(inside) ? `${encryptedUrl}${encodeURIComponent(name)}` : inside,
  )
}

function isEncrypted(value: unknown): boolean {
  return isRecord(value) && 'secure' in value
}
