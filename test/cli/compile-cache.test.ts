import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { withCompileCache } from '../../cli/compile-cache.ts'

/** The folder in which a Node.js with this environment stores its compiled code, without that of its version. */
function folderOf(env: NodeJS.ProcessEnv): string {
  const print = "process.stdout.write(require('node:module').getCompileCacheDir())"
  return dirname(spawnSync(process.execPath, ['--eval', print], { env, encoding: 'utf8' }).stdout)
}

test('The processes of a fleet share the compiled code of the command in node_modules', () => {
  const modules = join(import.meta.dirname, '..', '..', 'node_modules')
  assert.equal(folderOf(withCompileCache({})), join(modules, '.cache', 'pulumi-psc'))
})

test('The processes of a fleet use the NODE_COMPILE_CACHE of the user where it is set', () => {
  const own = mkdtempSync(join(tmpdir(), 'compiled-'))
  assert.equal(folderOf(withCompileCache({ NODE_COMPILE_CACHE: own })), own)
})
