import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ensureEngine } from '../../scripts/engine/index.ts'
import { tryOut } from './attempt.ts'
import { execute } from './downloads.ts'
import { combinations } from './table.ts'

describe('the versions that the README promises', { concurrency: 2 }, () => {
  let folder: string
  let tarball: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psc-packed-'))
    await execute('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: '.' })
    tarball = join(folder, readdirSync(folder)[0] ?? '')
    for (const engine of new Set(combinations.map(({ engine }) => engine))) {
      await ensureEngine(engine)
    }
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  for (const combination of combinations) {
    const { sdk, node, engine, manager, program, layout } = combination
    test(`${program}, in ${layout}, installed with ${manager}, works with SDK ${sdk}, engine ${engine} and Node.js ${node}`, async () => {
      await tryOut(combination, tarball)
    })
  }
})
