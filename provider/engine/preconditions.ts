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
 * Validates where a program of the CLI runs: the versions of Node.js and of Pulumi's SDK, and that the provider, which runs in
 * the same folder, will find this package there.
 *
 * @throws {pulumi.RunError}
 */
export function validateSurroundings(): void {
  // Other processes, such as a test, may run in another folder than the provider.
  if (isChecked || process.env.PULUMI_NODEJS_MONITOR === undefined) return
  const require = createRequire(import.meta.url)
  const { engines, peerDependencies } = require('pulumi-psc/package.json') as {
    engines: { node: string }
    peerDependencies: { '@pulumi/pulumi': string }
  }
  const oldestNode = engines.node.replace('>=', '')
  if (isOlder(process.versions.node, oldestNode)) {
    throw problem(
      'ERR_PSC_NODE',
      `Node.js ${process.versions.node} is too old for pulumi-psc. Run Pulumi with Node.js ${oldestNode} or newer: https://nodejs.org.`,
    )
  }
  const sdk = require('@pulumi/pulumi/package.json') as { version: string }
  const oldestSdk = peerDependencies['@pulumi/pulumi'].replace('^', '')
  if (isOlder(sdk.version, oldestSdk)) {
    throw problem(
      'ERR_PSC_SDK',
      `@pulumi/pulumi ${sdk.version} is too old for pulumi-psc. Install @pulumi/pulumi ${oldestSdk} or newer.`,
    )
  }
  const missing = findMissingPackage(process.cwd())
  if (missing !== undefined) throw problem('ERR_PSC_NOT_INSTALLED', missing)
  isChecked = true
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0
}

function problem(code: Code, sentences: string): Error {
  return new pulumi.RunError(`${sentences.trim()} [${code}]`)
}
