// The backends that teams share, each a real server.
import { test } from 'node:test'
import { startFiles } from './backend.ts'
import { startPostgres } from './postgres.ts'
import { startS3 } from './s3.ts'
import { runTwoRunners } from './two-runners.ts'

for (const [name, start] of [
  ['files', startFiles],
  ['PostgreSQL', startPostgres],
  ['S3', startS3],
] as const) {
  test(`On ${name}, two runners at once, one killed and run again, leave every client as declared`, async () => {
    const backend = await start()
    try {
      await runTwoRunners(backend, { clients: 120, stacks: 6 })
    } finally {
      await backend.stop()
    }
  })
}
