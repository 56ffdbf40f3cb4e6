import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { withCompileCache } from '../../cli/compile-cache.ts'
import { WorkerProcess } from '../../cli/fleet/worker-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
after(() => {
  rmSync(folder, { recursive: true })
})

const ofCommand = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'pulumi-psc')

/** The folder in which a Node.js with this environment stores its compiled code, without that of its version. */
function folderOf(env: NodeJS.ProcessEnv): string {
  const print = "process.stdout.write(require('node:module').getCompileCacheDir())"
  return dirname(spawnSync(process.execPath, ['--eval', print], { env, encoding: 'utf8' }).stdout)
}

test('The processes of a fleet share the compiled code of the command in node_modules', async (t) => {
  const noted = join(folder, 'noted')
  const preload = join(folder, 'preload.cjs')
  const note = `require('fs').writeFileSync(${JSON.stringify(noted)}, process.env.NODE_COMPILE_CACHE ?? '')`
  writeFileSync(preload, `${note}\nprocess.exit()\n`)
  const { env } = process
  t.after(() => (process.env = env))
  process.env = { ...env, NODE_OPTIONS: `--require=${preload}` }
  delete process.env.NODE_COMPILE_CACHE
  const settings = { project: folder, program: folder, prefix: 'psc', checkpoints: false }
  await new WorkerProcess({ ...settings, operation: 'preview', language: 'en' }).end()
  assert.equal(readFileSync(noted, 'utf8'), ofCommand)
})

test('A process with that environment stores its compiled code there', () => {
  assert.equal(folderOf(withCompileCache({})), ofCommand)
})

test('The processes of a fleet use the NODE_COMPILE_CACHE of the user where it is set', () => {
  assert.equal(folderOf(withCompileCache({ NODE_COMPILE_CACHE: folder })), folder)
})
