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
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
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
  const ended = mock.fn()
  void first.finally(ended)
  await pass(400)
  assert.equal(await refused('b'), 'previewed')
  await pass(400)
  assert.equal(await refused('c'), 'previewed')
  assert.equal(ended.mock.callCount(), 0)
  await pass(2_000)
  assert.equal(await first, 'no a')
  assert.deepEqual(lines, ['error b: no b', 'error c: no c'])
})

test('A preview whose calls come slowly waits longer for the next one, but not without an end', async () => {
  await refusals.during(() => Promise.resolve())
  await pass(1_500)
  const first = refused('a')
  const ended = mock.fn()
  void first.finally(ended)
  await pass(7_400)
  assert.equal(ended.mock.callCount(), 0)
  assert.equal(await refused('b'), 'previewed')
  await pass(9_900)
  assert.equal(ended.mock.callCount(), 0)
  await pass(200)
  assert.equal(await first, 'no a')
})

test('What a check has refused is shown at the end, also of a resource whose preview the engine has not begun', async () => {
  refusals.remember('b', new Error('no b'))
  refusals.remember('c', new Error('no c'))
  refusals.remember('c', undefined)
  const first = refused('a')
  await pass(10_000)
  assert.equal(await first, 'no a')
  assert.deepEqual(lines, ['error b: no b'])
  assert.equal(refusals.hasRefused, true)
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
  await pass(500)
  assert.equal(await first, 'no a')
})

test('A cancelled preview ends at once, and each later refusal with its own reason', async () => {
  refusals.remember('c', new Error('no c'))
  const first = refused('a')
  await pass(0)
  refusals.cancel()
  assert.equal(await first, 'no a')
  assert.equal(await refused('b'), 'no b')
  assert.deepEqual(lines, [])
})

test('A reason that several refusals share is shown once, under the stack, and each refers to it', async () => {
  const reason = new Error('down')
  const find = ({ message }: Error) =>
    message === 'no c' ? undefined : { reason, short: new Error('as all') }
  refusals = new Refusals(
    {
      write: (severity, urn, line) => lines.push(`${severity} ${urn}: ${line}`),
      flush: () => Promise.resolve(),
    },
    find,
  )
  const first = refused('a')
  await pass(0)
  await refused('b')
  await refused('c')
  await pass(500)
  assert.equal(await first, 'as all')
  assert.deepEqual(lines, ['error b: as all', 'error c: no c', 'error : down'])
})
