import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { say } from '../../provider/say.ts'
import { CommandError } from '../errors.ts'

/**
 * Writes a file whole or not at all: a reader sees the earlier one or the new one.
 *
 * @throws {CommandError} if it cannot be written. Then an earlier file stays as it is.
 */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    const { code = say`no reason given` } = error as NodeJS.ErrnoException
    const detail = say`--output ${file}: the file cannot be written (${code}). Free space, or name another file.`
    throw new CommandError('ERR_PSC_OUTPUT', detail)
  }
}
