import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FaultInput } from '../../emulator/index.ts'
import { openProvider, portal, useProvider } from '../support/fixture.ts'
import { declare, held, pscs, type Psc, written } from './pscs.ts'

type Fault = FaultInput extends infer F
  ? F extends FaultInput
    ? Omit<F, 'operation'>
    : never
  : never
type Operation = 'clientToken' | 'clientMaintenance'

/** Mended by the same apply; or told at once, and mended by the next. `echo`: told where there is an echo to be read. */
type Outcome = 'mended' | 'told' | 'echo'

const table: readonly (readonly [
  what: string,
  fault: Fault,
  Readonly<Record<Operation, Outcome>>,
])[] = [
  ['a 503', { kind: 'answer', status: 503 }, both('mended')],
  ['a 429', { kind: 'answer', status: 429 }, both('mended')],
  ['a 500 after the write', { kind: 'answer', status: 500, when: 'after' }, both('mended')],
  ["a gateway's page", { kind: 'html' }, both('mended')],
  ['a lost connection', { kind: 'drop' }, both('mended')],
  ['a reset connection', { kind: 'drop', reset: true }, both('mended')],
  ['a lost answer', { kind: 'drop', when: 'after' }, both('mended')],
  ['a cut-off answer', { kind: 'truncated' }, both('mended')],
  ['a slow answer', { kind: 'trickle', bytes: 40, intervalMs: 1 }, both('mended')],
  ["the framework's array", { kind: 'array' }, both('told')],
  ['a redirect', { kind: 'redirect', location: 'https://outra.exemplo.com/' }, both('told')],
  ['a 404', { kind: 'answer', status: 404 }, both('told')],
  ['half an answer, framed as a whole one', { kind: 'truncated', framing: 'intact' }, both('told')],
  ['an endless body', { kind: 'endless' }, both('told')],
  ['a page with status 200', { kind: 'html', status: 200 }, both('told')],
  [
    'other values than were sent',
    { kind: 'rewrite', set: { name: 'Outro', access_token: '' } },
    { clientToken: 'told', clientMaintenance: 'echo' },
  ],
] as const

function both(outcome: Outcome): Readonly<Record<Operation, Outcome>> {
  return { clientToken: outcome, clientMaintenance: outcome }
}

for (const [psc, { echoes, maintains }] of Object.entries(pscs) as [Psc, (typeof pscs)[Psc]][]) {
  if (!maintains) continue
  describe(`Faults at ${psc}`, () => {
    const fixture = useProvider('PscClient')
    for (const operation of ['clientToken', 'clientMaintenance'] as const) {
      for (const [what, fault, outcomes] of table) {
        const outcome = outcomes[operation]
        const isTold = outcome === 'told' || (outcome === 'echo' && echoes)
        it(`After ${what}, the ${operation} of ${psc} ${isTold ? 'fails, and the next up recovers' : 'recovers in the same up'}`, async () => {
          const scripted = { ...fault, operation } as FaultInput
          fixture.emulator.faults.add(scripted)
          const declared = declare(psc, fixture)
          const created = fixture.provider.create(declared)
          if (isTold) {
            await assert.rejects(created, (error: Error) => {
              assert.doesNotMatch(error.message, new RegExp(portal.clientSecret))
              assert.notEqual(error.message, '')
              return true
            })
          } else await created
          assert.deepEqual(fixture.emulator.faults.list(), [])
          const provider = await openProvider('PscClient', fixture.config)
          if (isTold) await provider.create(declared)
          assert.deepEqual(held(fixture, psc), written)
        })
      }
    }
  })
}
