import { join, relative, resolve } from 'node:path'
import { ConfigurationError, FileError } from '../../provider/errors.ts'
import {
  type CheckedManifest,
  confineLinks,
  contains,
  type LoadOptions,
  locateManifest,
} from '../../provider/manifest/index.ts'
import { refuse, warn } from '../../provider/rules/problem.ts'
import { type Project, readStored, readValues } from '../project.ts'
import { findStack, ofAllStacks } from '../stack.ts'
import { say } from '../../provider/say.ts'
import type { CheckedFile } from './report.ts'

/** Holds what a stack gives to the check of manifests. */
export interface Stack {
  readonly files: readonly string[]
  readonly options: Pick<LoadOptions, 'baseUrls' | 'certificateExpiryWarningDays'>
  /** Checks the keys of the settings by what the manifests declare, and reports on the file of the stack. */
  checkKeys(checked: readonly CheckedManifest[]): CheckedFile
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
): Stack | CheckedFile {
  const { project, path } = findStack(name)
  const file = relative('.', path)
  // Such a program reads no settings of its own.
  const isWhole = files.length === 0
  const report = (problems: CheckedManifest['problems'] = []): CheckedFile => ({
    file,
    isSettings: true,
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
        const manifests = checked.flatMap(({ build }) => build?.() ?? [])
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

/** Finds the manifest as a program does, inside of the project or of an allowed folder. */
function locate(configured: string | undefined, project: Project, allowed: readonly string[]) {
  const path = locateManifest(configured, project)
  const open = [project.folder, ...allowed.map((each) => resolve(each))]
  if (open.some((each) => contains(each, path))) return relative('.', path)
  throw new FileError(
    say`psc:manifest leads out of the project. Name the manifest in the command, or allow its folder with --allow-path.`,
    'ERR_PSC_LINK',
  )
}
