import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const made = new Set<string>()

/** A new folder of this run, inside the repository so that `pulumi-psc` is found. */
export function makeFolder(name: string): string {
  const parent = join('.psc', 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = resolve(mkdtempSync(join(parent, `${name}-`)))
  made.add(folder)
  return folder
}

/** Removes what this run has made, and nothing of another one. */
export function removeFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
  made.clear()
}
