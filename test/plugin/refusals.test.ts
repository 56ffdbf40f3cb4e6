import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { Refusals } from '../../provider/plugin/refusals.ts'

let lines: string[]
let refusals: Refusals

beforeEach(() => {
  lines = []
  refusals = new Refusals({
    write: (severity, urn, line) => lines.push(`${severity} ${urn}: ${line}`),
    flush: () => Promise.resolve(),
  })
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout'] })
})

/** A preview of a resource that is refused. Resolves to what the engine shows of it. */
const refused = (urn: string): Promise<string> =>
  refusals
    .during(() => refusals.refuse(urn, new Error(`no ${urn}`)))
    .then(
      () => 'previewed',
      (error: unknown) => (error as Error).message,
    )

/** Lets the pending promises run, and time pass. */
async function pass(milliseconds: number): Promise<void> {
  await new Promise(setImmediate)
  mock.timers.tick(milliseconds)
  await new Promise(setImmediate)
}

test('The first refusal ends the preview after all others, which are shown under their resources', async () => {
  const first = refused('a')
  await pass(900)
  assert.equal(await refused('b'), 'previewed')
  await pass(900)
  assert.equal(await refused('c'), 'previewed')
  assert.deepEqual(lines, ['error b: no b', 'error c: no c'])
  await pass(1_000)
  assert.equal(await first, 'no a')
})

test('A preview does not end while another resource is verified, however long that takes', async () => {
  const slow = Promise.withResolvers<string>()
  const other = refusals.during(() => slow.promise)
  let ended = false
  const first = refused('a').finally(() => (ended = true))
  await pass(60_000)
  assert.equal(ended, false)
  slow.resolve('verified')
  assert.equal(await other, 'verified')
  await pass(1_000)
  assert.equal(await first, 'no a')
})

test('A cancelled preview ends at once, and each later refusal with its own reason', async () => {
  const first = refused('a')
  await pass(0)
  refusals.cancel()
  assert.equal(await first, 'no a')
  assert.equal(await refused('b'), 'no b')
})
