import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { pathToFileURL } from 'node:url'

interface Lock {
  readonly withLock: <T>(file: string, work: () => Promise<T>) => Promise<T>
  readonly remove: (file: string, stale: string) => void
}

const module = pathToFileURL(resolve('scripts', 'lock.mjs')).href
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  writeFileSync(join(folder, 'journal'), '')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A process that notes in the journal when it comes in and when it leaves. */
const program = `
  import { appendFileSync } from 'node:fs'
  import { setImmediate } from 'node:timers/promises'
  const { withLock } = await import(${JSON.stringify(module)})
  await withLock('lock', async () => {
    appendFileSync('journal', 'in ')
    for (let turn = 0; turn < 1000; turn++) await setImmediate()
    appendFileSync('journal', 'out ')
  })`
const args = ['--input-type=module', '-e', program]

function journal(): string {
  return readFileSync(join(folder, 'journal'), 'utf8')
}

test('processes that set up the same folder wait for each other', async () => {
  const { withLock } = (await import(module)) as Lock
  const runs = await withLock(join(folder, 'lock'), async () => {
    const children = Array.from({ length: 3 }, () => spawn(process.execPath, args, { cwd: folder }))
    for (const child of children) {
      const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'close')])) as [
        unknown,
      ]
      assert.match(String(said), /^Waiting for another run/)
    }
    assert.equal(journal(), '')
    return children.map((child) => once(child, 'close'))
  })
  await Promise.all(runs)
  assert.equal(journal(), 'in out '.repeat(3))
  assert.ok(!existsSync(join(folder, 'lock')))
})

test('the lock of a run that was killed is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(join(folder, 'lock'), String(pid))
  spawnSync(process.execPath, args, { cwd: folder })
  assert.equal(journal(), 'in out ')
})

test('the lock of a run whose number another process has is taken over', () => {
  writeFileSync(join(folder, 'lock'), `${process.pid} another start`)
  spawnSync(process.execPath, args, { cwd: folder, timeout: 20_000 })
  assert.equal(journal(), 'in out ')
})

test('the lock that a killed run left is removed, but not one that was taken since', async () => {
  const { remove } = (await import(module)) as Lock
  const file = join(folder, 'lock')
  for (const [held, left] of [
    ['1 stale', undefined],
    ['2 fresh', '2 fresh'],
  ] as const) {
    writeFileSync(file, held)
    remove(file, '1 stale')
    assert.equal(existsSync(file) ? readFileSync(file, 'utf8') : undefined, left)
    rmSync(file, { force: true })
  }
  remove(file, '1 stale')
  assert.deepEqual(readdirSync(folder), ['journal'])
})

test('a run lets go of its own lock alone', async () => {
  const { withLock } = (await import(module)) as Lock
  const file = join(folder, 'lock')
  await withLock(file, () => {
    writeFileSync(file, '2 fresh')
    return Promise.resolve()
  })
  assert.equal(readFileSync(file, 'utf8'), '2 fresh')
})
