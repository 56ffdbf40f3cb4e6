import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { pathToFileURL } from 'node:url'

const module = pathToFileURL(resolve('scripts', 'lock.mjs')).href
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  writeFileSync(join(folder, 'journal'), '')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A process that notes in the journal when it comes in and when it leaves, a long way later. */
const program = `
  import { appendFileSync } from 'node:fs'
  import { setImmediate } from 'node:timers/promises'
  const { withLock } = await import(${JSON.stringify(module)})
  await withLock('.psc/lock', async () => {
    appendFileSync('journal', 'in ')
    console.log('in')
    for (let turn = 0; turn < 1000; turn++) await setImmediate()
    appendFileSync('journal', 'out ')
  })`

const start = () => spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })

const journal = () => readFileSync(join(folder, 'journal'), 'utf8')

async function firstLine(child: ReturnType<typeof start>): Promise<string> {
  const [line] = (await once(child.stdout, 'data')) as [unknown]
  return String(line)
}

test('Runs in one folder wait for each other and say how to go on without the other', async () => {
  mkdirSync(join(folder, '.psc', 'lock'), { recursive: true })
  const children = Array.from({ length: 3 }, start)
  const closed = children.map((child) => once(child, 'close'))
  for (const line of await Promise.all(children.map(firstLine))) {
    assert.match(line, /^Another run uses this folder.* remove \.psc\/lock\n$/)
  }
  assert.equal(journal(), '')
  rmSync(join(folder, '.psc', 'lock'), { recursive: true })
  await Promise.all(closed)
  assert.equal(journal(), 'in out '.repeat(3))
  assert.ok(!existsSync(join(folder, '.psc', 'lock')))
})

test('A signal ends a run only after it has released its lock', async () => {
  const child = start()
  const closed = once(child, 'close')
  assert.equal(await firstLine(child), 'in\n')
  child.kill('SIGINT')
  await closed
  assert.equal(journal(), 'in out ')
  assert.ok(!existsSync(join(folder, '.psc', 'lock')))
})
