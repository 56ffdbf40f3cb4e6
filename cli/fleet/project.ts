import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { createContext } from '../../provider/engine/context.ts'
import type { LoadOptions, ManifestSecret } from '../../provider/manifest/index.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { CommandError } from '../errors.ts'
import type { Entries } from './protocol.ts'

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
  const main =
    typeof settings === 'object' && settings !== null && 'main' in settings ? settings.main : '.'
  const path = resolve(folder, typeof main === 'string' ? main : '.')
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new CommandError('ERR_PSC_USAGE', `${file}: main: there is no ${path}`)
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
    throw new CommandError('ERR_PSC_USAGE', `--config-file: ${file} cannot be read, or is no YAML`)
  }
  const values = isRecord(config) ? config : {}
  const { baseUrls } = createContext((key) =>
    key === 'psc:baseUrls' && values[key] !== undefined ? JSON.stringify(values[key]) : undefined,
  ).configuration
  const days = Number(values['psc:certificateExpiryWarningDays'] ?? NaN)
  return { baseUrls, ...(Number.isFinite(days) && { certificateExpiryWarningDays: days }) }
}

/** Makes the paths of secrets relative to the program's folder. They were relative to the folder of this process. */
export function rebaseSecrets({ clients, credentials }: Entries, folder: string): Entries {
  const rebase = (secret: ManifestSecret): ManifestSecret => {
    if (typeof secret !== 'object' || !('file' in secret) || isAbsolute(secret.file)) return secret
    return { file: relative(folder, resolve(secret.file)).split(sep).join('/') }
  }
  return {
    clients: clients.map(({ args, ...client }) => ({
      ...client,
      args: {
        ...args,
        clientSecret: rebase(args.clientSecret),
        ...(args.previousClientSecret !== undefined && {
          previousClientSecret: rebase(args.previousClientSecret),
        }),
      },
    })),
    credentials: credentials.map(({ args, ...credential }) => ({
      ...credential,
      args: { ...args, clientSecret: rebase(args.clientSecret) },
    })),
  }
}
