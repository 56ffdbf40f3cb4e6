import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExample } from './support.ts'

test('The example rotates a secret in three steps', async (t) => {
  const { stack, emulator, close } = await openExample('rotation', {
    PORTAL_SECRET: 'not-a-secret-old',
    PORTAL_NEXT_SECRET: 'not-a-secret-new',
  })
  t.after(close)
  const rotations = () =>
    emulator.requests
      .list({ operation: 'clientMaintenance' })
      .filter(({ body }) => JSON.stringify(body).includes('client_secret')).length
  const previews: string[] = []
  for (const step of [1, 2, 3]) {
    await stack.succeed('config', 'set', 'psc:manifest', `step-${step}.yaml`)
    previews.push(await stack.succeed('preview'))
    assert.equal(rotations(), step > 2 ? 1 : 0)
    await stack.succeed('up', '--yes', '--skip-preview')
    assert.equal(rotations(), step > 1 ? 1 : 0)
  }
  assert.deepEqual(
    previews.map((output) => output.includes('will be rotated')),
    [false, true, false],
  )
  await stack.succeed('preview', '--expect-no-changes')
  await stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  const state = JSON.stringify(await stack.state())
  assert.doesNotMatch(state, /not-a-secret-(old|new)/)
})
