import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultInput } from '../../emulator/faults/schema.ts'
import { createFleet } from './support/fleet.ts'
import { endOrphans, interruptedUp, providersOf } from './support/interrupted-up.ts'

after(endOrphans)

type Fault = FaultInput & { readonly operation: 'clientToken' | 'clientMaintenance' }

const token = { operation: 'clientToken' } as const
const put = { operation: 'clientMaintenance' } as const

/** What a provider announces a retry of, to an engine that is killed right before. */
const kills: readonly (readonly [name: string, fault: Fault])[] = [
  ['the first token is unavailable', { ...token, kind: 'html', status: 503 }],
  ['the third token is unavailable', { ...token, kind: 'html', status: 502, skip: 2 }],
  ['a token comes too soon', { ...token, kind: 'answer', status: 429 }],
  ['a token fails', { ...token, kind: 'answer', status: 500, skip: 1 }],
  ['the connection of a token is closed', { ...token, kind: 'drop' }],
  ['the connection of a token is reset', { ...token, kind: 'drop', reset: true }],
  ['a token is cut off', { ...token, kind: 'truncated', bytes: 9 }],
  ['the first PUT is unavailable', { ...put, kind: 'html', status: 503 }],
  ['a PUT fails', { ...put, kind: 'answer', status: 500, skip: 1 }],
  ['the connection of a PUT is closed', { ...put, kind: 'drop', when: 'after' }],
  ['the answer to a PUT is cut off', { ...put, kind: 'truncated', bytes: 9 }],
]

/** The limits of what a provider does after its engine: two seconds of a processor, and 100 MB. */
const [mostTicks, mostPages] = [200, 25_000]

describe(
  'a provider whose engine is killed while a retry is to be announced',
  { concurrency: 3 },
  () => {
    for (const [name, fault] of kills) {
      it(
        `A provider ends, with little processor time and memory, when its engine is killed while ${name}`,
        { timeout: 120_000 },
        async () => {
          const fleet = await createFleet()
          try {
            const { operation, skip = 0 } = fault
            // The second reason is announced after the first was printed in vain.
            const second = { kind: 'answer', status: 425, times: 'always', delayMs: 150 } as const
            fleet.emulator.faults.add(fault, { ...second, operation, skip })
            const orphans = new Map<number, Use>()
            await interruptedUp(fleet, { struck: true }, (up) => {
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
