import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createFleet, type Fleet, type FleetOptions } from './support/fleet.ts'
import { createFront } from './support/front.ts'
import { createDisk, type Disk } from './support/full-disk.ts'
import {
  assertMended,
  endOrphans,
  interruptedUp,
  providersOf,
  type RunningUp,
} from './support/interrupted-up.ts'

after(endOrphans)

const ways = {
  'with checkpoints': {},
  'without checkpoints': { PULUMI_SKIP_CHECKPOINTS: 'true' },
}

async function withFleet(
  options: FleetOptions,
  use: (fleet: Fleet) => Promise<void>,
): Promise<void> {
  const fleet = await createFleet(options)
  await use(fleet).finally(() => fleet.remove())
}

/** Holds every write from the n-th on, so that the engine has something to wait for. */
function holdWrites(fleet: Fleet, skip: number): void {
  fleet.emulator.faults.add({ kind: 'hang', operation: 'clientMaintenance', times: 'always', skip })
}

// Both ways at once: the engine waits for most of the time that these tests take.
describe('an interrupted run', { concurrency: true }, () => {
  for (const [way, env] of Object.entries(ways)) {
    describe(way, { concurrency: 1 }, () => {
      for (const answer of [10, 35]) {
        it(`The next run completes one whose provider was killed at answer ${answer}`, async () => {
          await withFleet({ env }, async (fleet) => {
            const { code } = await interruptedUp(fleet, { answer }, killProvider)
            assert.notEqual(code, 0)
            await assertMended(fleet, { locked: false })
          })
        })
      }

      it('The next run completes one that Ctrl-C ended', async () => {
        await withFleet({ env }, async (fleet) => {
          const { code } = await interruptedUp(fleet, { answer: 30 }, ({ pid }) => {
            process.kill(-pid, 'SIGINT')
          })
          assert.notEqual(code, 0)
          await assertMended(fleet, { locked: false })
        })
      })

      it('The next run completes one that a second Ctrl-C killed', async () => {
        await withFleet({ env }, async (fleet) => {
          holdWrites(fleet, 6)
          const { code } = await interruptedUp(fleet, { answer: 30 }, (up) => {
            up.onLine(/\^C/, () => {
              process.kill(-up.pid, 'SIGINT')
            })
            process.kill(-up.pid, 'SIGINT')
          })
          assert.notEqual(code, 0)
          fleet.emulator.faults.clear()
          await assertMended(fleet, { locked: false })
        })
      })

      it('The next run completes one whose state found a full disk', async (t) => {
        const parent = join('.psc', 'test')
        mkdirSync(parent, { recursive: true })
        const disk = createDisk(mkdtempSync(join(parent, 'disk-')))
        t.after(() => {
          disk.remove()
        })
        const backend = `${pathToFileURL(disk.folder).href}?metadata=skip`
        await withFleet({ env: { ...env, PULUMI_BACKEND_URL: backend } }, async (fleet) => {
          // Late, because the engine tries for half a minute to save each step that is left.
          const { code, output } = await interruptedUp(fleet, { answer: 50 }, () => {
            disk.fill()
          })
          assert.notEqual(code, 0, output)
          disk.free()
          await forgetBrokenState(fleet, disk)
          await assertMended(fleet, { locked: false })
        })
      })

      it('The next run completes one whose PSC stopped half-way', async () => {
        let port = 0
        const front = await createFront(() => port)
        const options: FleetOptions = {
          env,
          config: { 'psc:timeoutSeconds': 2 },
          reach(emulator) {
            port = Number(new URL(emulator.url).port)
            return front.url
          },
        }
        await withFleet(options, async (fleet) => {
          const { code, output } = await interruptedUp(fleet, { answer: 30 }, () => {
            front.close()
          })
          assert.notEqual(code, 0)
          assert.match(output, /the connection to http:\/\/127\.0\.0\.1:\d+ failed/)
          await front.open()
          await assertMended(fleet, { locked: false })
        }).finally(() => {
          front.close()
        })
      })
    })
  }
})

/**
 * On a full disk the engine may leave a state that it cannot load any more. Nothing is lost with it: a client that
 * is in no state is adopted.
 */
async function forgetBrokenState(fleet: Fleet, disk: Disk): Promise<void> {
  const { code, output } = await fleet.stack.run('stack')
  if (code === 0) return
  assert.match(output, /failed to load checkpoint/)
  rmSync(join(disk.folder, '.pulumi', 'stacks', 'psc', 'test.json'))
  await fleet.stack.succeed('stack', 'init', '--no-select')
}

function killProvider(up: RunningUp): void {
  const providers = providersOf(up)
  assert.notEqual(providers.length, 0)
  for (const { pid } of providers) process.kill(pid, 'SIGKILL')
}
