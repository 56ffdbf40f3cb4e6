import { isExplained } from '../../provider/errors.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { failedDocument } from '../usage-error.ts'
import { proveAll } from './prove.ts'
import { jsonReport, textReport } from './report.ts'
import { readSubjects, type Subject } from './subjects.ts'

/**
 * `psc verify [manifest]`: obtains a token for every client and credential.
 *
 * Resolves with the exit code: 0 when nothing failed, 1 when a token could not be obtained or the manifest is wrong.
 */
export async function runVerify(
  manifest: string,
  options: { readonly json?: boolean },
): Promise<number> {
  let subjects: Subject[]
  try {
    subjects = readSubjects(manifest)
  } catch (error) {
    if (!isExplained(error)) throw error
    if (options.json) {
      process.stdout.write(`${JSON.stringify(failedDocument(error), undefined, 2)}\n`)
    } else process.stderr.write(`${error.message}\n`)
    return 1
  }
  try {
    const verdicts = await proveAll(subjects, progress(subjects.length))
    process.stdout.write(options.json ? jsonReport(verdicts) : textReport(verdicts))
    return verdicts.some(({ result }) => result === 'failed') ? 1 : 0
  } finally {
    await closeConnections()
  }
}

/** One line that is written over, where somebody is watching. */
function progress(total: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined
  return (done) => {
    process.stderr.write(done === total ? '\r\x1B[K' : `\r\x1B[K${done} of ${total} …`)
  }
}
