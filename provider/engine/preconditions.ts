import { createRequire } from 'node:module'
import * as pulumi from '@pulumi/pulumi'
import type { Code } from '../codes.ts'
import { findMissingPackage } from './installed.ts'

/**
 * Refuses the option `import`: the engine imports no dynamic resource, and the SDK crashes.
 *
 * @param instead a sentence that says what to do instead.
 * @throws {pulumi.RunError}
 */
export function refuseImport(
  type: string,
  name: string,
  options: pulumi.CustomResourceOptions | undefined,
  instead: string,
): void {
  if (options?.import === undefined) return
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
  const missing = findMissingPackage(process.cwd())
  if (missing !== undefined) throw problem('ERR_PSC_NOT_INSTALLED', missing)
  isChecked = true
}

function problem(code: Code, sentences: string): Error {
  return new pulumi.RunError(`${sentences.trim()} [${code}]`)
}
