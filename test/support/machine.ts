// A machine of its own for each run of tests, with its child processes: no write of another run is known here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

if (process.env.PULUMI_PSC_HOME === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'psc-machine-'))
  process.env.PULUMI_PSC_HOME = folder
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
}
