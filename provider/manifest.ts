import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { PscClient } from './client/resource.ts'
import { TokenCredential } from './credential/resource.ts'
import {
  expectManifests,
  refuseMisspelt,
  stackConfiguration,
  stackSettings,
} from './engine/stack-configuration.ts'
import { configKeysOf, type Manifest } from './manifest/build.ts'
import { loadManifest } from './manifest/load.ts'
import { locateManifest } from './manifest/locate.ts'
import { formatProblems, ManifestError, type ManifestProblem } from './manifest/problem.ts'
import { pscNames } from './psc/profiles/known.ts'
import { endpointsOf, resolveProfile } from './psc/profiles/profile.ts'

export { loadManifest } from './manifest/load.ts'
export type { LoadOptions } from './manifest/load.ts'
export type {
  Manifest,
  ManifestClient,
  ManifestClientArgs,
  ManifestCredential,
} from './manifest/build.ts'
export { ManifestError } from './manifest/problem.ts'
export type { Excerpt, ManifestProblem, SourceRange } from './manifest/problem.ts'

expectManifests()

/** Holds the resources of a manifest, by the keys of its entries. */
export interface DeclaredManifest {
  readonly clients: Readonly<Record<string, PscClient>>
  readonly credentials: Readonly<Record<string, TokenCredential>>
  /** What `pulumi stack output` can tell of each client, by its key: `export const clients = declareManifest().outputs`. */
  readonly outputs: Readonly<Record<string, ClientOutput>>
}

/** Holds what a team asks of a client. It is known in a preview, also of a new client. */
export interface ClientOutput {
  readonly psc: string
  readonly clientId: string
  /** The address to which an application sends a person who signs in. */
  readonly authorize: string
  /** The end of its certificate, ISO 8601; absent if the manifest has only its names. */
  readonly certificateEnds?: string
}

/** Turns off the rules' warnings of a resource. The manifest shows them with their lines. */
class ManifestPscClient extends PscClient {
  protected override isWarned(): boolean {
    return false
  }
}

/**
 * Declares a resource for every entry of a manifest.
 *
 * @param file the manifest; default: `psc:manifest` of the stack's configuration, relative to the folder of
 *   Pulumi.yaml or, if it is not there, to the program's folder; else `clients.yaml` beside the program.
 * @throws {pulumi.RunError} with every problem of the manifest and its line, or with the first of the configuration.
 */
export function declareManifest(file?: string): DeclaredManifest {
  const isWhole = file === undefined
  const all = load(file ?? locate(), isWhole)
  stackConfiguration({
    references: configKeysOf(all, pulumi.getProject()),
    // A program that names its manifest may have profiles of its own too.
    ...(isWhole && { pscs: [...pscNames, ...all.pscs] }),
    isWhole,
  })
  const manifest = ofThisStack(all)
  const { clients, credentials } = declare(manifest)
  const sections: Readonly<Record<string, Readonly<Record<string, pulumi.Resource>>>> = {
    clients,
    credentials,
  }
  for (const { path, ...warning } of manifest.warnings) {
    const [section = '', key = ''] = path
    const resource = sections[section]?.[key]
    const text = formatProblems([fromProject({ ...warning, path })])
    void pulumi.log.warn(text.trimStart(), resource)
  }
  return { clients, credentials, outputs: outputsOf(manifest) }
}

/** Tells what is known of each client without a PSC. */
function outputsOf({ clients }: Manifest): DeclaredManifest['outputs'] {
  const { baseUrls } = stackSettings()
  return Object.fromEntries(
    clients.map(({ key, args: { psc, clientId, certificate } }) => {
      const profile = resolveProfile(psc, baseUrls)
      const { authorize } = endpointsOf(profile)
      const certificateEnds = certificate?.notAfter
      return [
        key,
        { psc: profile.name, clientId, authorize, ...(certificateEnds && { certificateEnds }) },
      ]
    }),
  )
}

/** Leaves out the entries of other stacks with their warnings, and shows the number of these entries. */
function ofThisStack(manifest: Manifest): Manifest {
  const name = pulumi.getStack()
  const others = new Set<string>()
  const inSection =
    (section: string) =>
    ({ key, stack = name }: { readonly key: string; readonly stack?: string }) => {
      if (stack !== name) others.add(JSON.stringify([section, key]))
      return stack === name
    }
  const clients = manifest.clients.filter(inSection('clients'))
  const credentials = manifest.credentials.filter(inSection('credentials'))
  if (others.size === 0) return manifest
  const count = others.size === 1 ? '1 entry names' : `${others.size} entries name`
  void pulumi.log.info(`${manifest.file}: left out of "${name}": ${count} another stack.`)
  const warnings = manifest.warnings.filter(
    ({ path }) => !others.has(JSON.stringify(path.slice(0, 2))),
  )
  return { ...manifest, clients, credentials, warnings }
}

/**
 * Declares a resource for each of these entries of a validated manifest.
 *
 * @throws {pulumi.RunError} with the first problem of the configuration.
 * @internal
 */
export function declareEntries(
  manifest: Pick<Manifest, 'clients' | 'credentials'>,
): Omit<DeclaredManifest, 'outputs'> {
  stackConfiguration({
    references: configKeysOf(manifest, pulumi.getProject()),
    isWhole: true,
  })
  return declare(manifest)
}

function declare({
  clients,
  credentials,
}: Pick<Manifest, 'clients' | 'credentials'>): Omit<DeclaredManifest, 'outputs'> {
  return {
    clients: Object.fromEntries(
      clients.map(({ key, args }) => [key, new ManifestPscClient(key, args)]),
    ),
    credentials: Object.fromEntries(
      credentials.map(({ key, args }) => [key, new TokenCredential(key, args)]),
    ),
  }
}

function locate(): string {
  return locateManifest(stackSettings().manifest, { folder: projectFolder(), program: '.' })
}

/** Finds the folder of Pulumi.yaml. Older SDKs do not have it, and older language hosts do not pass it on. */
function projectFolder(): string {
  const root = 'getRootDirectory' in pulumi ? pulumi.getRootDirectory() : ''
  if (isAbsolute(root)) return root
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'Pulumi.yaml'))) return folder
    if (folder === dirname(folder)) return process.cwd()
  }
}

function load(file: string, isWhole: boolean): Manifest {
  const { baseUrls, certificateExpiryWarningDays } = stackSettings()
  // Reports a misspelt psc:manifest, not that there is no clients.yaml.
  if (!existsSync(file)) stackConfiguration({ isWhole })
  try {
    return loadManifest(file, { baseUrls, certificateExpiryWarningDays })
  } catch (error) {
    // The engine shows a RunError without a stack trace: the mistake is not in the program.
    if (error instanceof ManifestError) {
      refuseMisspelt()
      throw new pulumi.RunError(new ManifestError(error.problems.map(fromProject)).message)
    }
    throw error
  }
}

/** Names the file relative to the folder of Pulumi.yaml, where the user is. */
function fromProject(problem: ManifestProblem): ManifestProblem {
  const path = relative(projectFolder(), resolve(problem.file))
  return path.startsWith('..') ? problem : { ...problem, file: path }
}
