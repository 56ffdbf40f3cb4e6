import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'
import { readConfiguration } from '../../provider/engine/configuration.ts'
import type { LoadOptions } from '../../provider/manifest/load.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { UsageError } from '../usage-error.ts'
import type { Entries } from './protocol.ts'

/** A Pulumi project, and where its programs run. */
export interface FleetProject {
  /** The folder of Pulumi.yaml, absolute. */
  readonly folder: string
  /** The folder of the program, absolute: there the provider works, and finds its package and files. */
  readonly program: string
}

const names = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json']

/**
 * The project that a folder belongs to; undefined where there is none.
 *
 * @throws {UsageError} when its `main` is not there.
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
  if (!found) throw new UsageError(`${file}: main: there is no ${path}`)
  return found.isFile() ? dirname(path) : path
}

/**
 * What a configuration that all stacks share says of how the manifest is judged. Settings of a stack alone are read where
 * its program runs.
 *
 * @throws {UsageError} for a file that is none.
 */
export function sharedSettings(
  file: string | undefined,
): Pick<LoadOptions, 'baseUrls' | 'certificateExpiryWarningDays'> {
  if (file === undefined) return {}
  let config: unknown
  try {
    ;({ config } = Object(parse(readFileSync(file, 'utf8'))) as { config?: unknown })
  } catch {
    throw new UsageError(`--config-file: ${file} cannot be read, or is no YAML`)
  }
  const values = isRecord(config) ? config : {}
  const { baseUrls } = readConfiguration((key) =>
    key === 'psc:baseUrls' && values[key] !== undefined ? JSON.stringify(values[key]) : undefined,
  )
  const days = Number(values['psc:certificateExpiryWarningDays'] ?? NaN)
  return { baseUrls, ...(Number.isFinite(days) && { certificateExpiryWarningDays: days }) }
}

/** Entries whose secrets' files are relative to another folder than that in which the manifest was loaded. */
export function rebaseSecrets({ clients, credentials }: Entries, folder: string): Entries {
  const rebase = <T>(secret: T): T => {
    if (typeof secret !== 'object' || secret === null || !('file' in secret)) return secret
    const { file } = secret as { file: string }
    if (isAbsolute(file)) return secret
    return { file: relative(folder, resolve(file)).split(sep).join('/') } as T
  }
  const rebaseArgs = <T extends { clientSecret: unknown; previousClientSecret?: unknown }>(
    args: T,
  ): T => ({
    ...args,
    clientSecret: rebase(args.clientSecret),
    ...(args.previousClientSecret !== undefined && {
      previousClientSecret: rebase(args.previousClientSecret),
    }),
  })
  return {
    clients: clients.map((client) => ({ ...client, args: rebaseArgs(client.args) })),
    credentials: credentials.map((credential) => ({
      ...credential,
      args: rebaseArgs(credential.args),
    })),
  }
}
