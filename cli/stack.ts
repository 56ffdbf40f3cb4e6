import { existsSync, globSync } from 'node:fs'
import { relative } from 'node:path'
import { ConfigurationError } from '../provider/errors.ts'
import {
  loadManifest,
  type LoadOptions,
  locateManifest,
  type Manifest,
} from '../provider/manifest/index.ts'
import { nearest } from '../provider/rules/nearest.ts'
import { say } from '../provider/say.ts'
import { CommandError } from './errors.ts'
import { findProject, type Project, readStored, readValues } from './project.ts'

/** Holds a manifest with the settings that apply to it. */
export interface Loaded {
  readonly manifest: Manifest
  readonly baseUrls: Readonly<Record<string, string>>
  /** Returns a value of the stack's configuration as text; undefined for an encrypted one, and without a stack. */
  readonly get: (key: string) => string | undefined
}

type Reading = Pick<LoadOptions, 'isWritten'>

/**
 * Loads a manifest for a command.
 *
 * @param file default: that of the stack, or else `clients.yaml`.
 * @param stack the stack whose settings apply. Default: none apply.
 * @param options `isWritten: false` for a command that writes no client.
 * @throws as {@link loadOfStack}
 */
export function load(file?: string, stack?: string, options: Reading = {}): Loaded {
  if (stack !== undefined) return loadOfStack(stack, file, options)
  return {
    manifest: loadManifest(file ?? 'clients.yaml', options),
    baseUrls: {},
    get: () => undefined,
  }
}

/**
 * Loads the manifest of a stack with its settings, as its program does: the entries without a `stack`, and those that name
 * this one. Reads nothing that is encrypted.
 *
 * @param file default: that of the stack, `psc:manifest`, or else `clients.yaml` beside the program.
 * @throws {CommandError} if there is no such stack or no project.
 * @throws {ConfigurationError} for a wrong setting.
 * @throws {ManifestError} with every problem of the manifest.
 */
export function loadOfStack(name: string, file?: string, options: Reading = {}): Loaded {
  const { project, path } = findStack(name)
  const { settings, get, validateKeys } = readStored({
    ...ofAllStacks(project),
    ...readValues(path),
  })
  const { baseUrls, certificateExpiryWarningDays } = settings
  const whole = loadManifest(file ?? relative('.', locateManifest(settings.manifest, project)), {
    ...options,
    baseUrls,
    certificateExpiryWarningDays,
  })
  const [misplaced] = validateKeys(project.name, [whole])
  if (misplaced !== undefined && file === undefined) throw new ConfigurationError(misplaced)
  const belongs = ({ stack = name }: { readonly stack?: string }) => stack === name
  const manifest = {
    ...whole,
    clients: whole.clients.filter(belongs),
    credentials: whole.credentials.filter(belongs),
  }
  return { manifest, baseUrls, get }
}

/**
 * Finds the file of a stack's settings, beside Pulumi.yaml.
 *
 * @throws {CommandError} if there is no such file or no project.
 */
export function findStack(name: string): { readonly project: Project; readonly path: string } {
  const project = findProject('.')
  if (!project) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`--stack: there is no Pulumi.yaml in this folder, nor in a folder above. Run the command in a project.`,
    )
  }
  // An organization and a project may stand before the name.
  const path = project.fileOf(name.split('/').at(-1) ?? name)
  if (existsSync(path)) return { project, path }
  throw new CommandError('ERR_PSC_USAGE', whyNoStack(path, name, project))
}

function whyNoStack(path: string, name: string, { fileOf }: Project): string {
  const [before = '', after = ''] = fileOf('*').split('*')
  const known = globSync(fileOf('*')).map((file) => file.slice(before.length, -after.length))
  const meant = nearest(name, known)
  const hint =
    meant !== undefined
      ? say`Did you mean ${meant}?`
      : known.length > 0
        ? say`There is one of ${known.toSorted().join(', ')}.`
        : say`Leave out --stack, or write the file.`
  return `${say`--stack: there is no ${relative('.', path)}.`} ${hint}`
}

/** Reads the configuration in Pulumi.yaml itself: a value, or `{ value }`. A key without a namespace is the project's. */
export function ofAllStacks({ name, values }: Project): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, declared]): [string, unknown][] => {
      if (!key.includes(':')) return [[`${name}:${key}`, declared]]
      const value: unknown = Object.hasOwn(Object(declared) as object, 'value')
        ? (declared as { value: unknown }).value
        : declared
      return [[key, value]]
    }),
  )
}
