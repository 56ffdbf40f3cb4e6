import { lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CommandError } from '../errors.ts'
import { say } from '../../provider/say.ts'

/**
 * Writes the files of a new repository. Overwrites nothing.
 *
 * @throws {CommandError} with every file that is in the way. Then nothing is written.
 */
export function writeRepository(folder: string, files: ReadonlyMap<string, string>): void {
  const inTheWay = [...files.keys()].filter((file) => isThere(join(folder, file)))
  if (inTheWay.length > 0) {
    throw new CommandError(
      'ERR_PSC_INIT',
      inTheWay.length === 1
        ? say`${inTheWay.join(', ')} is already in ${folder}. Name an empty folder, or move what is in the way. Nothing was written.`
        : say`${inTheWay.join(', ')} are already in ${folder}. Name an empty folder, or move what is in the way. Nothing was written.`,
    )
  }
  for (const [file, text] of files) {
    const path = join(folder, file)
    try {
      mkdirSync(dirname(path), { recursive: true })
      // Another process may have written the file meanwhile.
      writeFileSync(path, text, { flag: 'wx' })
    } catch (error) {
      const { code = say`no reason given` } = error as NodeJS.ErrnoException
      throw new CommandError(
        'ERR_PSC_INIT',
        say`${path}: the file cannot be written (${code}). Free the path, or name another folder.`,
        { cause: error },
      )
    }
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Makes a name for the project and the package from that of the folder. */
export function nameOfFolder(folder: string): string {
  const name = basename(resolve(folder))
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return /^[a-z]/.test(name) ? name.slice(0, 100) : `psc-${name}`.replace(/-$/, '')
}
