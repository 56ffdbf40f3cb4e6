import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const made = new Set<string>()

/** Makes a folder inside the repository, so that its programs find `pulumi-psc`. */
export function makeFolder(name: string): string {
  const parent = join('.psc', 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = resolve(mkdtempSync(join(parent, `${name}-`)))
  made.add(folder)
  return folder
}

/** Removes the folders of this run only. */
export function removeFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
  made.clear()
}
