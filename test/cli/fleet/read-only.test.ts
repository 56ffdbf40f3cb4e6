import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { useFleet } from './folder.ts'
import { clientIdOf } from './manifest.ts'

const outside = mkdtempSync(join(tmpdir(), 'psc-outside-'))
const fixture = useFleet({
  count: 2,
  backend: pathToFileURL(outside).href,
  env: { PULUMI_PSC_HOME: join(outside, 'psc') },
})
after(() => {
  rmSync(outside, { recursive: true })
})

/** Makes a folder read-only, also for root where it may mount. Returns how to undo it. */
function protect(folder: string): () => void {
  const mounted = spawnSync('mount', ['--bind', folder, folder]).status === 0
  if (mounted) spawnSync('mount', ['-o', 'remount,ro,bind', folder])
  else chmodSync(folder, 0o555)
  return () => {
    if (mounted) spawnSync('umount', [folder])
    else chmodSync(folder, 0o755)
  }
}

test('A fleet with --config-file runs in a read-only checkout', async (t) => {
  const { fleet, emulator } = fixture
  fleet.write('shared.yaml', 'config: { psc:timeoutSeconds: 30 }\n')
  const before = readdirSync(fleet.path)
  t.after(protect(fleet.path))
  const shared = ['--shards', '1', '--config-file', 'shared.yaml']
  for (const [operation, kind] of [
    ['preview', 'added'],
    ['up', 'added'],
    ['up', 'unchanged'],
    ['refresh', 'unchanged'],
  ] as const) {
    const { code, summary, stacks } = await fleet.report(operation, ...shared)
    assert.equal(code, 0, JSON.stringify(stacks))
    assert.equal(summary[kind], 2, operation)
  }
  assert.notEqual(emulator.registered('neoid', clientIdOf(0))?.comments, undefined)
  assert.deepEqual(readdirSync(fleet.path), before)
})
