import assert from 'node:assert/strict'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Journal } from '../../provider/engine/journal.ts'
import { ManualClock } from '../http/support/clock.ts'

const address = 'https://psc.exemplo.gov.br/psc/v0/oauth/client_maintenance'
const portal = { address, clientId: 'portal' }
const before = { name: 'Portal', comments: 'Antes' }
const after = { name: 'Portal', comments: 'Depois' }

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
