import { existsSync, globSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ConfigurationError, FileError } from '../../provider/errors.ts'
import {
  type CheckedManifest,
  confineLinks,
  contains,
  type LoadOptions,
} from '../../provider/manifest/index.ts'
import { nearest } from '../../provider/rules/nearest.ts'
import { refuse, warn } from '../../provider/rules/problem.ts'
import { CommandError } from '../errors.ts'
import { findProject, type Project, readStored, readValues } from '../project.ts'

/** Holds what a stack gives to the check of manifests. */
export interface Stack {
  readonly files: readonly string[]
  readonly options: Pick<LoadOptions, 'baseUrls' | 'certificateExpiryWarningDays'>
  /** Checks the keys of the settings by what the manifests declare, and reports on the file of the stack. */
  checkKeys(checked: readonly CheckedManifest[]): CheckedManifest
}

/**
 * Reads the settings of a stack from its file, beside Pulumi.yaml. Reads nothing that a link reaches outside of the
 * project, unless it is in an allowed folder.
 *
 * @param files the manifests; without any, that of the stack: `psc:manifest`, or else `clients.yaml` beside the program.
 * @returns the stack, or the report on its file, if a setting is not usable.
 * @throws {CommandError} if there is no such file or no project.
 */
export function openStack(
  name: string,
  files: readonly string[],
  allowed: readonly string[],
): Stack | CheckedManifest {
  const project = findProject('.')
  if (!project) {
    const message = '--stack: there is no Pulumi.yaml in this folder, nor in a folder above.'
    throw new CommandError('ERR_PSC_USAGE', `${message} Run the command in a project.`)
  }
  // An organization and a project may stand before the name.
  const path = project.fileOf(name.split('/').at(-1) ?? name)
  if (!existsSync(path)) throw new CommandError('ERR_PSC_USAGE', whyNoStack(path, name, project))
  const file = relative('.', path)
  // Such a program reads no settings of its own.
  const isWhole = files.length === 0
  const report = (problems: CheckedManifest['problems'] = []) => ({
    file,
    clients: 0,
    credentials: 0,
    problems,
  })
  try {
    const follow = confineLinks(join(project.folder, 'Pulumi.yaml'), allowed)
    const { settings, validateKeys } = readStored({
      ...ofAllStacks(project),
      ...readValues(follow(path)),
    })
    const { baseUrls, certificateExpiryWarningDays } = settings
    return {
      files: isWhole ? [locate(settings.manifest, project, allowed)] : files,
      options: { baseUrls, certificateExpiryWarningDays },
      checkKeys(checked) {
        const manifests = checked.flatMap(({ manifest }) => manifest ?? [])
        const known = manifests.length === checked.length ? manifests : undefined
        try {
          const misplaced = validateKeys(project.name, known)
          return report(
            misplaced.map((message) =>
              isWhole
                ? { ...refuse([], message, 'ERR_PSC_CONFIGURATION'), file }
                : { ...warn([], message, 'WARN_PSC_CONFIGURATION_NAMESPACE'), file },
            ),
          )
        } catch (error) {
          return report([explain(error, file)])
        }
      },
    }
  } catch (error) {
    return report([explain(error, file)])
  }
}

function explain(error: unknown, file: string): CheckedManifest['problems'][number] {
  if (!(error instanceof ConfigurationError || error instanceof FileError)) throw error
  return { ...refuse([], error.detail, error.code), file }
}

function whyNoStack(path: string, name: string, { fileOf }: Project): string {
  const [before = '', after = ''] = fileOf('*').split('*')
  const known = globSync(fileOf('*')).map((file) => file.slice(before.length, -after.length))
  const meant = nearest(name, known)
  const hint =
    meant !== undefined
      ? `Did you mean ${meant}?`
      : known.length > 0
        ? `There is one of ${known.toSorted().join(', ')}.`
        : 'Leave out --stack, or write the file.'
  return `--stack: there is no ${relative('.', path)}. ${hint}`
}

/** Reads the configuration in Pulumi.yaml itself: a value, or `{ value }`. A key without a namespace is the project's. */
function ofAllStacks({ name, values }: Project): Readonly<Record<string, unknown>> {
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

/** Finds the manifest as a program does. */
function locate(configured: string | undefined, project: Project, allowed: readonly string[]) {
  const { folder, program } = project
  const besideProject = resolve(folder, configured ?? '')
  const path =
    configured !== undefined && existsSync(besideProject)
      ? besideProject
      : resolve(program, configured ?? 'clients.yaml')
  const open = [folder, ...allowed.map((each) => resolve(each))]
  if (open.some((each) => contains(each, path))) return relative('.', path)
  throw new FileError(
    'psc:manifest leads out of the project. Name the manifest in the command, or allow its folder with --allow-path.',
    'ERR_PSC_LINK',
  )
}
