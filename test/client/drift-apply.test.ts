import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import type { ClientOutputs } from '../../provider/client/inputs.ts'
import { learnWhetherPscTells, proveInForce } from '../../provider/client/drift.ts'
import { write } from '../../provider/client/write.ts'
import { type Context, createContext } from '../../provider/engine/context.ts'
import { NotSettledError } from '../../provider/errors.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { endpointsOf } from '../../provider/psc/profiles/profile.ts'
import { ManualClock } from '../http/support/clock.ts'
import { portal, useEmulator } from '../support/fixture.ts'
import '../support/machine.ts'

const [first = '', second = ''] = portal.redirectUris

/** A clock that does something after so many waits. */
class Later extends ManualClock {
  after: readonly [waits: number, then: () => void] = [Infinity, () => undefined]

  override async wait(milliseconds: number): Promise<void> {
    await super.wait(milliseconds)
    if (this.waits.length === this.after[0]) this.after[1]()
  }
}

const { certificate, clientId, clientSecret } = portal
const clients = [{ clientId, clientSecret, certificate, redirectUris: [first] }]

describe('an apply with psc:drift', () => {
  const fixture = useEmulator({
    pscs: { neoid: { clients }, serproid: { behaviour: { authorizeErrors: 'pages' }, clients } },
  })
  let clock: Later
  let context: Context
  let warnings: string[]

  beforeEach(() => {
    warnings = []
    mock.method(console, 'warn', (line: string) => warnings.push(line))
    clock = new Later()
    const config: Readonly<Record<string, string>> = {
      'psc:baseUrls': JSON.stringify(fixture.emulator.baseUrls),
      'psc:drift': 'apply',
    }
    context = createContext((key) => config[key], clock)
  })
  afterEach(async () => {
    mock.restoreAll()
    await closeConnections()
  })

  const atThePsc = (...redirectUris: string[]) =>
    fixture.emulator.change('neoid', clientId, { redirectUris })

  const prove = (more: Partial<ClientOutputs> = {}) => {
    const outputs = { ...portal, psc: 'neoid' as const, registered: null, ...more }
    const profile = context.profile(outputs.psc)
    return proveInForce(context, profile, { ...outputs, endpoints: endpointsOf(profile) })
  }

  it('An apply that is in force at once waits for nothing', async () => {
    atThePsc(first, second)
    assert.deepEqual(await prove(), { missing: [], tells: true })
    assert.deepEqual([clock.waits, warnings], [[], []])
  })

  it('An apply waits for a PSC that takes its time', async () => {
    clock.after = [3, () => atThePsc(first, second)]
    assert.deepEqual(await prove(), { missing: [], tells: true })
    assert.equal(clock.waits.length, 3)
  })

  it('An apply waits for the only redirect URI, of which the PSC tells nothing at first', async () => {
    atThePsc('https://www.aplicacao-exemplo.com/antigo')
    clock.after = [2, () => atThePsc(second)]
    assert.deepEqual(await prove({ redirectUris: [second] }), { missing: [], tells: true })
  })

  it('An apply names what a PSC does not have after half a minute', async () => {
    assert.deepEqual(await prove(), { missing: [second], tells: true })
    assert.ok(clock.now() > 20_000 && clock.now() <= 30_000, String(clock.now()))
  })

  it('An apply warns of a removed redirect URI that the PSC still has', async () => {
    atThePsc(first, second)
    const former = { redirectUris: [first], drift: { former: [second] } }
    assert.deepEqual(await prove(former), { missing: [], tells: true })
    assert.match(warnings.join('\n'), /\[WARN_PSC_URI_STILL_REGISTERED\]$/m)
    // The state equals the declaration, so no later apply writes the client again.
    assert.doesNotMatch(warnings.join('\n'), /next apply/)
  })

  it('An apply that is not in force yet does not warn of the redirect URI that it replaces', async () => {
    const replaced = { redirectUris: [second], drift: { former: [first] } }
    assert.deepEqual(await prove(replaced), { missing: [second], tells: true })
    assert.deepEqual(warnings, [])
  })

  it('An apply says nothing of a redirect URI that cannot be checked anywhere', async () => {
    atThePsc(first, 'push://')
    assert.deepEqual(await prove({ redirectUris: ['push://', first] }), {
      missing: [],
      tells: true,
    })
    assert.deepEqual([clock.waits, warnings], [[], []])
  })

  it('An apply names each client that a PSC without an answer leaves unchecked', async () => {
    fixture.emulator.faults.add({
      kind: 'answer',
      status: 429,
      retryAfter: 3600,
      operation: 'authorize',
      times: 'always',
    })
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids) await prove({ clientId: id })
    assert.equal(fixture.emulator.requests.list({ operation: 'authorize' }).length, 2 * 3)
    for (const id of ids)
      assert.ok(
        warnings.some((line) => line.includes(`(${id})`)),
        id,
      )
  })

  it('A run asks a PSC that tells nothing for three clients only', async () => {
    const profile = context.profile('serproid')
    const endpoints = endpointsOf(profile)
    const outputs = { ...portal, psc: 'serproid' as const, registered: null, endpoints }
    for (let count = 0; count < 5; count++)
      assert.equal(await learnWhetherPscTells(context, profile, outputs), false)
    assert.equal(fixture.emulator.requests.list({ operation: 'authorize' }).length, 3)
  })

  it('An apply waits once in a run for a PSC that tells nothing, and warns once', async () => {
    assert.deepEqual(await prove({ psc: 'serproid' }), { missing: [], tells: false })
    const { length } = clock.waits
    assert.ok(length > 0)
    assert.deepEqual(await prove({ psc: 'serproid' }), { missing: [], tells: false })
    assert.deepEqual([clock.waits.length, warnings.length], [length, 1])
    assert.match(warnings.join('\n'), /\[WARN_PSC_URI_NOT_TOLD\]$/)
  })

  it('A write that the PSC accepts and does not carry out stays to be written again', async () => {
    const { name, comments, email, redirectUris } = portal
    const body = { client_id: clientId, name, comments, email, redirect_uris: redirectUris }
    fixture.emulator.faults.add({
      kind: 'answer',
      status: 200,
      body,
      operation: 'clientMaintenance',
    })
    await assert.rejects(write(context, { ...portal, psc: 'neoid' }), (error) => {
      assert.ok(error instanceof NotSettledError)
      assert.match(error.message, /outro-callback.* \[ERR_PSC_NOT_SETTLED\]$/)
      assert.equal((error.outputs as ClientOutputs).settled, false)
      return true
    })
    const outputs = await write(context, { ...portal, psc: 'neoid' })
    assert.deepEqual([outputs.settled, outputs.drift], [undefined, { tells: true }])
  })
})
