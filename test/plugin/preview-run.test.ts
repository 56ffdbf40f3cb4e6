import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { PreviewRun } from '../../provider/plugin/preview-run.ts'

let lines: string[]
let run: PreviewRun

const verified = { isVerified: true }

const start = (reasonOf?: ConstructorParameters<typeof PreviewRun>[1]) =>
  new PreviewRun(
    {
      write: (severity, urn, line) => lines.push(`${severity} ${urn}: ${line}`),
      flush: () => Promise.resolve(),
    },
    reasonOf,
  )

beforeEach(() => {
  lines = []
  run = start()
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
})

/** A preview of a resource that is refused. Resolves to what the engine shows of it. */
const refused = (urn: string): Promise<string> =>
  run
    .during(() => run.refuse(urn, new Error(`no ${urn}`)))
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
  await run.during(() => Promise.resolve())
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
  run.remember('b', new Error('no b'))
  run.remember('c', new Error('no c'))
  run.remember('c', undefined)
  const first = refused('a')
  await pass(10_000)
  assert.equal(await first, 'no a')
  assert.deepEqual(lines, ['error b: no b'])
  // A preview with a refusal has no summary.
  assert.deepEqual(run.cancel(), [])
})

test('A preview does not end while another resource is verified, however long that takes', async () => {
  const slow = Promise.withResolvers<string>()
  const other = run.during(() => slow.promise)
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
  run.remember('c', new Error('no c'))
  const first = refused('a')
  await pass(0)
  run.cancel()
  assert.equal(await first, 'no a')
  assert.equal(await refused('b'), 'no b')
  assert.deepEqual(lines, [])
})

test('A reason that several refusals share is shown once, under the stack, and each refers to it', async () => {
  const reason = new Error('down')
  const find = ({ message }: Error) =>
    message === 'no c' ? undefined : { reason, short: new Error('as all') }
  run = start(find)
  const first = refused('a')
  await pass(0)
  await refused('b')
  await refused('c')
  await pass(500)
  assert.equal(await first, 'as all')
  assert.deepEqual(lines, ['error b: as all', 'error c: no c', 'error : down'])
})

test('A run that ends by itself has its outcomes, and one that the user cancels has none', async () => {
  run.note(verified)
  const slow = Promise.withResolvers<undefined>()
  const call = run.during(() => slow.promise)
  assert.deepEqual(run.cancel(), [])
  slow.resolve(undefined)
  await call
  assert.deepEqual(run.cancel(), [])
  const ended = start()
  ended.note(verified)
  await ended.during(() => Promise.resolve())
  assert.deepEqual(ended.cancel(), [verified])
  assert.deepEqual(ended.cancel(), [])
})
