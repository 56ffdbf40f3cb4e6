import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import type { Code } from '../codes.ts'

/** What to do instead of an import, by the type of the resource. */
const insteadOfImport: Readonly<Record<string, string>> = {
  PscClient: 'Creating the client adopts it.',
  TokenCredential: 'Creating the credential verifies it.',
  PscRegistration: 'Declare a PscClient for an application that is registered already.',
}

/**
 * Refuses the option `import`: the engine imports no dynamic resource, and the SDK crashes.
 *
 * @throws {pulumi.RunError}
 */
export function refuseImport(
  type: string,
  name: string,
  options: pulumi.CustomResourceOptions | undefined,
): void {
  if (options?.import === undefined) return
  const instead = insteadOfImport[type] ?? ''
  throw problem(
    'ERR_PSC_IMPORT',
    `${type} "${name}": Pulumi cannot import dynamic resources. Remove the option \`import\`. ${instead}`,
  )
}

let isChecked = false

/**
 * Validates where a program of the CLI runs: the version of Node.js, and that the provider, which runs in the same folder,
 * will find this package there.
 *
 * @throws {pulumi.RunError}
 */
export function validateSurroundings(): void {
  // Other processes, such as a test, may run in another folder than the provider.
  if (isChecked || process.env.PULUMI_NODEJS_MONITOR === undefined) return
  const { engines } = createRequire(import.meta.url)('pulumi-psc/package.json') as {
    engines: { node: string }
  }
  const needed = engines.node.replace('>=', '')
  if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
    throw problem(
      'ERR_PSC_NODE',
      `Node.js ${process.versions.node} is too old for pulumi-psc. Run Pulumi with Node.js ${needed} or newer: https://nodejs.org.`,
    )
  }
  const folder = process.cwd()
  try {
    createRequire(join(folder, '/')).resolve('pulumi-psc/handler')
  } catch {
    throw problem(
      'ERR_PSC_NOT_INSTALLED',
      `the provider loads pulumi-psc from ${folder} and does not find it there. Run \`${installer(folder)} pulumi-psc\` in that folder.`,
    )
  }
  isChecked = true
}

/** Names the command that adds a package, by the lock file in a folder or above. */
function installer(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-lock.yaml'))) return 'pnpm add'
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return 'pnpm add'
    if (existsSync(join(folder, 'yarn.lock'))) return 'yarn add'
    if (folder === dirname(folder)) return 'npm install'
  }
}

function problem(code: Code, sentences: string): Error {
  return new pulumi.RunError(`${sentences.trim()} [${code}]`)
}
