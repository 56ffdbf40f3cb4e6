import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { layouts } from '../../cli/init/setup.ts'
import { engineEnvironment } from '../../scripts/engine/index.ts'
import { Stranger } from './stranger.ts'

describe('a repository that init writes, with the packed package', () => {
  let stranger: Stranger

  before(() => {
    stranger = Stranger.create()
  })
  after(() => {
    stranger.remove()
  })

  /** Runs a script of Node.js in a folder of the stranger's. */
  function run(folder: string, script: string, ...args: readonly string[]): string {
    const { PULUMI_BACKEND_URL: _, ...env } = engineEnvironment()
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: join(stranger.folder, folder),
      encoding: 'utf8',
      env,
    })
    assert.equal(status, 0, stdout + stderr)
    return stdout
  }

  const installed = (path: string) => join(realpathSync(stranger.folder), 'node_modules', path)

  for (const layout of layouts) {
    const command = () => installed('pulumi-psc/dist/cli/main.js')

    test(`TypeScript 5 and 6 accept what init --layout ${layout} writes`, () => {
      const flags = ['--yes', '--psc', 'neoid,vidaas', '--layout', layout]
      run('.', command(), 'init', layout, ...flags)
      for (const tsc of [
        installed('typescript/bin/tsc'),
        resolve('node_modules/typescript/bin/tsc'),
      ]) {
        assert.equal(run(layout, tsc), '')
      }
    })

    test(`The start script of init --layout ${layout} previews, applies and verifies each stack, and leaves nothing`, () => {
      const before = globSync('**', { cwd: join(stranger.folder, layout) }).sort()
      const stacks = ['--stack', 'homologation', '--stack', 'production']
      const output = run(layout, command(), 'emulate', '--try', ...stacks)
      for (const stack of ['homologation', 'production']) {
        assert.match(output, new RegExp(`^.*${stack}: verify`, 'm'))
      }
      assert.equal(output.match(/\+ 3 created/g)?.length, 2)
      assert.equal(output.match(/redirect URIs: 2 registered, 0 not registered/g)?.length, 2)
      assert.match(output, /Everything works\./)
      assert.deepEqual(globSync('**', { cwd: join(stranger.folder, layout) }).sort(), before)
      assert.ok(!existsSync(join(stranger.folder, layout, '.pulumi')))
    })
  }
})
