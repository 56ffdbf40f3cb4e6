import { startFiles } from '../test/backends/backend.ts'
import { startPostgres } from '../test/backends/postgres.ts'
import { startS3 } from '../test/backends/s3.ts'
import { runTwoRunners, type Size } from '../test/backends/two-runners.ts'
import { toTable } from './table.ts'

/** Runs the test of the backends in full size: two concurrent runners, one killed and run again. Yields a Markdown table each. */
export async function* measureBackends(
  size: Size,
  say: (line: string) => void,
): AsyncGenerator<string> {
  for (const [name, start] of [
    ['file', startFiles],
    ['PostgreSQL', startPostgres],
    ['S3', startS3],
  ] as const) {
    const backend = await start()
    try {
      const seconds = await runTwoRunners(backend, size)
      say(`${name}: ${seconds.toFixed(0)} s`)
      const what = `${size.clients.toLocaleString('en-US')} clients in ${size.stacks} stacks: two runners, one killed and run again, a preview`
      yield toTable(['backend', what], [[name, `${(seconds / 60).toFixed(1)} min`]])
    } finally {
      await backend.stop()
    }
  }
}
