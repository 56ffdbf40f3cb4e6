import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { Journal } from '../../provider/engine/journal.ts'
import { compact, readEntries } from '../../provider/engine/journal-file.ts'
import { ManualClock } from '../http/support/clock.ts'

const address = 'https://psc.exemplo.gov.br/psc/v0/oauth/client_maintenance'
const portal = { address, clientId: 'portal' }
const before = { name: 'Portal', comments: 'Antes' }
const after = { name: 'Portal', comments: 'Depois' }

const module = JSON.stringify(import.meta.resolve('../../provider/engine/journal-file.ts'))

const clientsOfWriter = 20

const writesOfWriter = 40

/** A program that writes the lines of its clients, each with the number of the write as its time. */
const writer = `
  const { appendEntry } = await import(${module})
  const [file, name] = process.argv.slice(1)
  for (let at = 1; at <= ${writesOfWriter}; at++)
    for (let client = 0; client < ${clientsOfWriter}; client++)
      await appendEntry(file, (name + '0' + client).padEnd(22, 'x'), { at }, at % 2 === 0)
`

/** A program that compacts until the writers are done, and prints how often. */
const compactor = `
  const { compact } = await import(${module})
  const { existsSync } = await import('node:fs')
  const [file] = process.argv.slice(1)
  let count = 0
  while (!existsSync(file + '.done')) if (compact(file) !== undefined) count++
  console.log(count)
`

describe('the journal of writes', () => {
  let folder: string
  let clock: ManualClock
  /** Opens the journal as another process of the same machine does. */
  const open = () => new Journal(clock, join(folder, 'psc'))
  const file = () => join(folder, 'psc', 'writes')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psc-journal-'))
    clock = new ManualClock()
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** Applies a document, as a state then holds it. */
  async function applied(document: object, writtenAt?: number) {
    const attempt = await open().begin(portal, writtenAt)
    await attempt.written(document)
    return { writtenAt: attempt.at, document }
  }

  it('Nothing is in doubt where nothing was written', () => {
    assert.equal(open().doubts(portal, { document: before }), false)
  })

  it('A state is in doubt while the outcome of a newer write is unknown', async () => {
    const state = await applied(before)
    assert.equal(open().doubts(portal, state), false)
    await open().begin(portal, state.writtenAt)
    assert.equal(open().doubts(portal, state), true)
  })

  it('A state is in doubt when a newer write has written something else', async () => {
    const state = await applied(before)
    await applied(after, state.writtenAt)
    assert.equal(open().doubts(portal, state), true)
  })

  it('A state of version 0.1, which holds no time, is older than every write', async () => {
    await applied(after)
    assert.equal(open().doubts(portal, { document: before }), true)
    assert.equal(open().doubts(portal, { document: after }), false)
  })

  it('A state is not in doubt when a newer write has written the same', async () => {
    const state = await applied(before)
    await applied(before, state.writtenAt)
    assert.equal(open().doubts(portal, state), false)
  })

  it('A state that another machine has written later is not in doubt', async () => {
    const state = await applied(before)
    assert.equal(open().doubts(portal, { writtenAt: state.writtenAt + 1, document: after }), false)
  })

  it('A refused write leaves no doubt, and takes none away', async () => {
    const state = await applied(before)
    const refused = await open().begin(portal, state.writtenAt)
    await refused.refused()
    assert.equal(open().doubts(portal, state), false)

    await open().begin(portal, state.writtenAt)
    const again = await open().begin(portal, state.writtenAt)
    await again.refused()
    assert.equal(open().doubts(portal, state), true)
  })

  it('Another client, or the same id at another address, is another matter', async () => {
    await open().begin(portal)
    const others = [
      { address, clientId: 'agenda' },
      { address: `${address}/2`, clientId: 'portal' },
    ]
    for (const other of others) assert.equal(open().doubts(other, { document: before }), false)
  })

  it('A write is later than every known one, also when the clock was put back', async () => {
    const { writtenAt } = await applied(before)
    assert.equal(writtenAt, clock.date().getTime())
    clock = new ManualClock(new Date('2020-01-01T00:00:00Z'))
    const { at } = await open().begin(portal, writtenAt + 1000)
    assert.equal(at, writtenAt + 1001)
    assert.equal((await open().begin(portal)).at, at + 1)
  })

  it('The file names neither client nor contents, and only its owner reads it', async () => {
    await applied(before)
    const text = readFileSync(file(), 'utf8')
    assert.match(text, /^\n([\w-]{22}) \d+ \?\n\n\1 \d+ [\w-]{22}\n$/)
    if (process.platform === 'win32') return
    assert.equal(statSync(file()).mode & 0o777, 0o600)
    assert.equal(statSync(join(folder, 'psc')).mode & 0o777, 0o700)
  })

  it('A line that was cut off is left out, and the others count', async () => {
    const state = await applied(before)
    await open().begin(portal, state.writtenAt)
    const { size } = statSync(file())
    truncateSync(file(), size - 10)
    assert.equal(open().doubts(portal, state), false)
    await open().begin(portal, state.writtenAt)
    appendFileSync(file(), 'no line of ours\n')
    assert.equal(open().doubts(portal, state), true)
  })

  describe('when most lines are replaced', () => {
    /** Writes the lines of so many writes of another client, as an earlier version left them. */
    const fill = async (writes: number) => {
      await open().begin({ address, clientId: 'agenda' })
      const [key = ''] = /[\w-]{22}/.exec(readFileSync(file(), 'utf8')) ?? []
      const hash = 'h'.repeat(22)
      for (let at = 1; at <= writes; at++) {
        appendFileSync(file(), `\n${key} ${at} ?\n\n${key} ${at} ${hash}\n`)
      }
    }

    it('The file keeps the last line of each client after 10,000 writes', async () => {
      await fill(10_000)
      const state = await applied(before)
      const journal = open()
      for (let round = 0; round < 3; round++) {
        const attempt = await journal.begin(portal, state.writtenAt)
        await attempt.written(after)
      }
      const lines = readFileSync(file(), 'utf8').match(/.+/g) ?? []
      assert.ok(lines.length < 10, `${lines.length} lines`)
      assert.ok(lines.some((line) => line.endsWith('h'.repeat(22))))
      assert.equal(open().doubts(portal, state), true)
      assert.equal(open().doubts(portal, { document: after }), false)
      if (process.platform !== 'win32') assert.equal(statSync(file()).mode & 0o777, 0o600)
    })

    it('A refused first write leaves no line', async () => {
      const attempt = await open().begin(portal)
      await attempt.refused()
      assert.equal(compact(file()), 0)
      assert.equal(readFileSync(file(), 'utf8'), '')
    })

    it('What a killed compaction has left stops the next one for a minute only', async () => {
      await fill(10)
      const state = await applied(before)
      writeFileSync(`${file()}.new`, 'half of a li')
      assert.equal(compact(file()), undefined)
      assert.equal(compact(file()), undefined)
      const long = new Date(Date.now() - 120_000)
      utimesSync(`${file()}.new`, long, long)
      assert.equal(compact(file()), undefined)
      assert.equal(compact(file()), 2)
      assert.equal(existsSync(`${file()}.new`), false)
      assert.equal(open().doubts(portal, { ...state, document: after }), false)
      assert.equal(open().doubts(portal, { document: after }), true)
    })

    it('No line is lost of two processes that write while two others compact', async () => {
      await fill(1)
      const run = (code: string, ...args: string[]) =>
        promisify(execFile)(process.execPath, ['-e', code, file(), ...args])
      const writers = ['a', 'b'].map((name) => run(writer, name))
      const done = Promise.all(writers).then(() => {
        writeFileSync(`${file()}.done`, '')
      })
      const compactions = await Promise.all([run(compactor), run(compactor), done])
      const counts = compactions
        .slice(0, 2)
        .map((each) => Number((each as { stdout: string }).stdout))
      assert.ok(
        counts.every((count) => count > 0),
        counts.join(' '),
      )
      const entries = readEntries(readFileSync(file(), 'utf8'))
      const found = [...entries].filter(([key]) => /^[ab]0/.test(key))
      assert.equal(found.length, 2 * clientsOfWriter)
      assert.deepEqual(new Set(found.map(([, { at }]) => at)), new Set([writesOfWriter]))
    })
  })

  it('A folder that cannot be written stops nothing: the failure is reported, and this process remembers', async () => {
    writeFileSync(join(folder, 'psc'), 'a file')
    const journal = open()
    const attempt = await journal.begin(portal)
    assert.match(attempt.failure ?? '', /EEXIST|ENOTDIR/)
    assert.equal(journal.doubts(portal, { document: before }), true)
    await attempt.written(before)
    assert.equal(journal.doubts(portal, { document: before }), false)
  })

  it('An empty variable is none: the journal is in the home of Pulumi, and not in the working directory', async (t) => {
    const names = ['HOME', 'USERPROFILE', 'PULUMI_HOME', 'PULUMI_PSC_HOME'] as const
    const saved = names.map((name) => [name, process.env[name]] as const)
    t.after(() => {
      for (const [name, value] of saved) {
        if (value === undefined) Reflect.deleteProperty(process.env, name)
        else process.env[name] = value
      }
    })
    const homes = [
      { set: { PULUMI_HOME: join(folder, 'own') }, is: join(folder, 'own', 'psc') },
      { set: { PULUMI_HOME: '' }, is: join(folder, '.pulumi', 'psc') },
    ]
    for (const { set, is } of homes) {
      Object.assign(process.env, { HOME: folder, USERPROFILE: folder, PULUMI_PSC_HOME: '', ...set })
      await new Journal(clock).begin(portal)
      assert.ok(existsSync(join(is, 'writes')), is)
    }
  })
})
