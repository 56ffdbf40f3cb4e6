import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { say } from '../say.ts'

/**
 * Finds out whether the provider will find this package: the host loads it from the folder of the program, also if another
 * package of a workspace declares the resources.
 *
 * @param folder the folder of the program, absolute.
 * @returns a sentence with the remedy; undefined if the package is there.
 */
export function findMissingPackage(folder: string): string | undefined {
  try {
    createRequire(join(folder, '/')).resolve('pulumi-psc/handler')
    return undefined
  } catch {
    return say`the provider loads pulumi-psc from ${folder} and does not find it there. Run \`${installer(folder)} pulumi-psc\` in that folder.`
  }
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
