import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultInput } from '../../emulator/faults/schema.ts'
import { createFleet } from './support/fleet.ts'
import { endOrphans, interruptedUp, providersOf } from './support/interrupted-up.ts'

after(endOrphans)

type Fault = FaultInput & { readonly operation: 'clientToken' | 'clientMaintenance' }

/** Answers that a provider announces a retry of, to an engine that is killed right before. */
const kills: readonly (readonly [name: string, answer: number, fault: Fault])[] = [
  ['first token is unavailable', 1, { kind: 'html', operation: 'clientToken', status: 503 }],
  ['third token is unavailable', 3, { kind: 'html', operation: 'clientToken', status: 502 }],
  ['token comes too soon', 1, { kind: 'answer', operation: 'clientToken', status: 429 }],
  ['token fails', 2, { kind: 'answer', operation: 'clientToken', status: 500 }],
  ['connection of a token is closed', 1, { kind: 'drop', operation: 'clientToken' }],
  ['connection of a token is reset', 1, { kind: 'drop', operation: 'clientToken', reset: true }],
  ['token is cut off', 1, { kind: 'truncated', operation: 'clientToken', bytes: 9 }],
  ['first PUT is unavailable', 26, { kind: 'html', operation: 'clientMaintenance', status: 503 }],
  ['PUT fails', 27, { kind: 'answer', operation: 'clientMaintenance', status: 500 }],
  [
    'connection of a PUT is closed',
    26,
    { kind: 'drop', operation: 'clientMaintenance', when: 'after' },
  ],
  [
    'answer to a PUT is cut off',
    26,
    { kind: 'truncated', operation: 'clientMaintenance', bytes: 9 },
  ],
]

/** The limits of what a provider does after its engine: two seconds of a processor, and 100 MB. */
const [mostTicks, mostPages] = [200, 25_000]

describe(
  'a provider whose engine is killed while a retry is to be announced',
  { concurrency: 3 },
  () => {
    for (const [name, answer, fault] of kills) {
      it(
        `A provider ends, with little processor time and memory, when its engine is killed as a ${name}`,
        { timeout: 120_000 },
        async () => {
          const fleet = await createFleet()
          try {
            const { operation } = fault
            // The second reason is announced after the first was printed in vain.
            fleet.emulator.faults.add(fault)
            fleet.emulator.faults.add({ kind: 'answer', operation, status: 425, times: 'always' })
            const orphans = new Map<number, Use>()
            await interruptedUp(fleet, { answer }, (up) => {
              for (const { pid } of providersOf(up)) orphans.set(pid, useOf(pid) ?? assert.fail())
              process.kill(up.pid, 'SIGKILL')
              // The PSC answers when nothing reads what the provider prints.
              while (useOf(up.pid) !== undefined);
            })
            assert.notEqual(orphans.size, 0)
            for (const [pid, before] of orphans) {
              for (let use = useOf(pid); use !== undefined; use = useOf(pid)) {
                assert.ok(use.ticks - before.ticks < mostTicks, `${use.ticks - before.ticks} ticks`)
                assert.ok(use.pages - before.pages < mostPages, `${use.pages - before.pages} pages`)
                await pause(20)
              }
            }
          } finally {
            await fleet.remove()
          }
        },
      )
    }
  },
)

/** The processor time of a process so far, in hundredths of a second, and its memory, in pages of 4 KB. */
interface Use {
  readonly ticks: number
  readonly pages: number
}

/** Reads what a process uses; undefined when it has ended. */
function useOf(pid: number): Use | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    const [state, , , , , , , , , , , user, system] = fields
    // Nobody may collect a child of a killed engine.
    if (state === 'Z') return undefined
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    return { ticks: Number(user) + Number(system), pages: Number(pages) }
  } catch {
    return undefined
  }
}
