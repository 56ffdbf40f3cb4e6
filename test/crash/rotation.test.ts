import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'node:test'
import type { FaultInput } from '../../emulator/index.ts'
import { portal, registered, useProvider } from '../support/fixture.ts'

const nextSecret = 'not-a-secret-next'
const rotating = {
  ...portal,
  psc: 'birdid',
  clientSecret: nextSecret,
  previousClientSecret: portal.clientSecret,
}

const fixture = useProvider('PscClient', { pscs: { birdid: { clients: [registered(portal)] } } })

/** The statuses of a token request with the previous secret and with the new one. */
function tokenStatuses(): Promise<number[]> {
  const statusWith = async (clientSecret: string) => {
    const answer = await fetch(`${fixture.emulator.baseUrls.birdid}/client_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: portal.clientId,
        client_secret: clientSecret,
      }),
    })
    return answer.status
  }
  return Promise.all([portal.clientSecret, nextSecret].map(statusWith))
}

// The requests in their order: the new secret, the previous one, the write, the proof.
for (const [step, request] of [
  'the new secret',
  'the previous one',
  'the write',
  'the proof',
].entries()) {
  for (const when of ['before', 'after'] as const) {
    test(`The next up completes a rotation that was killed ${when} ${request} took effect`, async () => {
      fixture.emulator.faults.add({ kind: 'hang', skip: step, when } satisfies FaultInput)
      await killedApply(rotating)
      fixture.emulator.faults.clear()
      await fixture.provider.create(rotating)
      assert.deepEqual(await tokenStatuses(), [401, 200])
      assert.equal(fixture.emulator.registered('birdid', portal.clientId)?.name, portal.name)
    })
  }
}

/** Applies in a process of its own, which is killed once the scripted fault has struck. */
async function killedApply(declared: Record<string, unknown>): Promise<void> {
  const child = fork(new URL('support/apply.ts', import.meta.url), [
    JSON.stringify(fixture.config),
    JSON.stringify(declared),
  ])
  const closed = once(child, 'close')
  const struck = () => fixture.emulator.requests.list().some(({ fault }) => fault !== undefined)
  while (!struck() && child.exitCode === null) await turn()
  assert.equal(child.exitCode, null, 'the apply was over before the fault struck')
  child.kill('SIGKILL')
  await closed
}
