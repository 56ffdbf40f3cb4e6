import { after, before, describe, it } from 'node:test'
import { createFleet, type Fleet } from './fleet.ts'
import { assertMended, endOrphans, interruptedUp, type Moment } from './interrupted-up.ts'

type Counted = Exclude<Moment, { struck: true }>

/**
 * Of the 50 answers of an `up` 25 are tokens. A moment stands for its neighbours: while tokens are awaited nothing is
 * written; then some writes are on their way; then some are done; at last every client is written.
 */
const ofCreation: readonly Counted[] = [{ answer: 12 }, { answer: 27 }, { done: 11 }, { done: 25 }]
const ofUpdate: readonly Counted[] = [{ answer: 26 }, { answer: 19 }, { done: 8 }, { done: 16 }]

/**
 * Kills the engine at four moments. After each, the next `up` has to finish the job.
 *
 * @param parity which of the moments: two calls take all eight.
 */
export function describeKills(parity: 0 | 1, env: Readonly<Record<string, string>> = {}): void {
  const own = (_: Counted, index: number) => index % 2 === parity
  const kill = async (fleet: Fleet, moment: Counted): Promise<void> => {
    await interruptedUp(fleet, moment, ({ pid }) => {
      process.kill(pid, 'SIGKILL')
    })
    await assertMended(fleet, { locked: true })
  }
  const name = (moment: Counted): string =>
    'answer' in moment ? `at answer ${moment.answer} of 50` : `with ${moment.done} of 25 done`

  after(endOrphans)

  describe('an engine that is killed while it creates', () => {
    for (const moment of ofCreation.filter(own)) {
      it(`The next run completes one that was killed while it created, ${name(moment)}`, async () => {
        const fleet = await createFleet({ env })
        await kill(fleet, moment).finally(() => fleet.remove())
      })
    }
  })

  describe('an engine that is killed while it updates', () => {
    let fleet: Fleet
    before(async () => {
      fleet = await createFleet({ env })
      await fleet.stack.succeed('up', '--yes', '--skip-preview')
    })
    after(() => fleet.remove())
    for (const [index, moment] of ofUpdate.filter(own).entries()) {
      it(`The next run completes one that was killed while it updated, ${name(moment)}`, async () => {
        fleet.declare(index + 1)
        await kill(fleet, moment)
      })
    }
  })
}
