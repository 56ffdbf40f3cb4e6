import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ensureEngine } from '../../scripts/engine/index.ts'
import { tryOut } from './attempt.ts'
import { execute } from './downloads.ts'
import { managers } from './managers.ts'
import { combinations, newest } from './table.ts'
import { compilers, settings, typed } from './types.ts'

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

  describe('the types', () => {
    let project: string
    before(async () => {
      project = join(folder, 'types')
      mkdirSync(project)
      const packages = {
        '@pulumi/pulumi': newest,
        '@types/node': '^24.0.0',
        'pulumi-psc': `file:${tarball}`,
        ...compilers,
      }
      const document = { name: 'types', private: true, type: 'module', dependencies: packages }
      writeFileSync(join(project, 'package.json'), JSON.stringify(document))
      writeFileSync(join(project, 'index.ts'), typed)
      await managers.npm({ root: project, folder: project, env: process.env })
    })

    for (const [name, { compiler, compilerOptions }] of Object.entries(settings)) {
      test(`${name} accepts a program that uses the package`, async () => {
        const file = join(project, `${name.replaceAll(/\W+/g, '-')}.json`)
        writeFileSync(file, JSON.stringify({ compilerOptions, files: ['index.ts'] }))
        const tsc = join(project, 'node_modules', `typescript${compiler}`, 'lib', 'tsc.js')
        await execute(process.execPath, [tsc, '--project', file], { cwd: project })
      })
    }
  })
})
