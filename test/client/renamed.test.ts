import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openProvider, portal, useProvider } from '../support/fixture.ts'
import type { Properties } from '../support/provider.ts'

const other = { ...portal, comments: 'Outra descrição' }

describe('a resource that leaves a client which the run declares under another name', () => {
  const fixture = useProvider('PscClient')
  const atThePsc = () => fixture.emulator.registered('neoid', portal.clientId)?.comments
  const writes = () => fixture.requests().filter((line) => line.startsWith('clientMaintenance'))

  /** Begins a run on another machine, in a process of its own. */
  async function beginRun(): Promise<void> {
    process.env.PULUMI_PSC_HOME = mkdtempSync(join(home ?? tmpdir(), 'other-'))
    fixture.provider = await openProvider('PscClient', fixture.config)
  }
  const home = process.env.PULUMI_PSC_HOME
  afterEach(() => {
    process.env.PULUMI_PSC_HOME = home
  })

  let outs: Properties
  beforeEach(async () => {
    outs = (await fixture.provider.create(other)).outs ?? {}
    await beginRun()
    fixture.emulator.requests.clear()
    fixture.warnings.length = 0
  })

  it('It writes what is declared, when the run has not, and says so', async () => {
    await fixture.provider.check(portal, portal)
    await fixture.provider.delete(portal.clientId, outs)
    assert.equal(atThePsc(), portal.comments)
    assert.match(fixture.warnings.join(), /had another name.*\[WARN_PSC_NOT_SETTLED\]$/)
  })

  it('It stays as long as that write fails', async () => {
    await fixture.provider.check(portal, portal)
    const refusal = { kind: 'error', code: 'CONTATO_EMAIL_INVALIDO' } as const
    fixture.emulator.faults.add({ ...refusal, operation: 'clientMaintenance' })
    await assert.rejects(fixture.provider.delete(portal.clientId, outs), {
      message: /CONTATO_EMAIL_INVALIDO/,
    })
    await fixture.provider.delete(portal.clientId, outs)
    assert.equal(atThePsc(), portal.comments)
  })

  it('It sends nothing when the run has written the client', async () => {
    await fixture.provider.check(portal, portal)
    await fixture.provider.update(portal.clientId, { ...outs, ...portal }, portal)
    assert.equal(writes().length, 1)
    await fixture.provider.delete(portal.clientId, outs)
    assert.equal(writes().length, 1)
    assert.deepEqual(fixture.warnings, [])
  })

  it('It sends nothing when it holds what is declared', async () => {
    await fixture.provider.check(other, other)
    await fixture.provider.delete(portal.clientId, outs)
    assert.deepEqual(fixture.requests(), [])
  })

  it('It writes what is declared when its own last write is not settled', async () => {
    await fixture.provider.check(other, other)
    await fixture.provider.delete(portal.clientId, { ...outs, settled: false })
    assert.equal(writes().length, 1)
  })
})

describe('a client of which this machine knows a newer write', () => {
  const fixture = useProvider('PscClient')
  const atThePsc = () => fixture.emulator.registered('neoid', portal.clientId)?.comments

  let old: Properties
  beforeEach(async () => {
    old = (await fixture.provider.create(portal)).outs ?? {}
    // Nobody stores the outcome of this one.
    await fixture.provider.update(portal.clientId, old, other)
    fixture.provider = await openProvider('PscClient', fixture.config)
  })

  it('It changes, the preview says why, and the next write ends it', async () => {
    const { provider, warnings } = fixture
    assert.equal((await provider.diff(portal.clientId, old, portal)).changes, true)
    assert.match(warnings.join('\n'), /\[WARN_PSC_NOT_SETTLED\]/)
    const { outs = {} } = await provider.update(portal.clientId, old, portal)
    assert.equal(atThePsc(), portal.comments)
    assert.equal((await provider.diff(portal.clientId, outs, portal)).changes, false)
  })

  it('A refresh stores it, so that every machine writes the client again', async () => {
    const { id, props = {} } = await fixture.provider.read(portal.clientId, old)
    assert.equal(id, portal.clientId)
    assert.equal(props.settled, false)

    const home = process.env.PULUMI_PSC_HOME
    const elsewhere = mkdtempSync(join(tmpdir(), 'psc-elsewhere-'))
    process.env.PULUMI_PSC_HOME = elsewhere
    const provider = await openProvider('PscClient', fixture.config)
    const { changes } = await provider.diff(portal.clientId, props, portal)
    process.env.PULUMI_PSC_HOME = home
    rmSync(elsewhere, { recursive: true })
    assert.equal(changes, true)
  })

  it('A write is sent and warned of once where it cannot be recorded', async () => {
    const home = process.env.PULUMI_PSC_HOME
    process.env.PULUMI_PSC_HOME = join(import.meta.filename, 'psc')
    const provider = await openProvider('PscClient', fixture.config)
    await provider.update(portal.clientId, old, portal)
    process.env.PULUMI_PSC_HOME = home
    await provider.update(portal.clientId, old, portal)
    assert.equal(atThePsc(), portal.comments)
    const said = fixture.warnings.filter((line) => line.includes('[WARN_PSC_JOURNAL]'))
    assert.equal(said.length, 1)
  })

  it('A preview warns where the journal is there and cannot be read, as after a run of another user', async () => {
    const home = process.env.PULUMI_PSC_HOME
    const elsewhere = mkdtempSync(join(tmpdir(), 'psc-elsewhere-'))
    mkdirSync(join(elsewhere, 'writes'))
    process.env.PULUMI_PSC_HOME = elsewhere
    const provider = await openProvider('PscClient', fixture.config)
    assert.equal((await provider.diff(portal.clientId, old, portal)).changes, false)
    process.env.PULUMI_PSC_HOME = home
    rmSync(elsewhere, { recursive: true })
    assert.match(fixture.warnings.join('\n'), /EISDIR.*\[WARN_PSC_JOURNAL\]/)
  })
})
