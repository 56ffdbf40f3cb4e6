import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createContext, createShared } from '../../provider/engine/context.ts'
import { ManualClock } from '../http/support/clock.ts'
import { post } from '../http/support/request.ts'
import { rawServer, response } from '../http/support/server.ts'

it('The retries of all clients of a PSC are one line for each cause', async (t) => {
  const lines: string[] = []
  const clock = new ManualClock()
  const shared = createShared({ clock, show: (line) => lines.push(line), stillWanted: () => true })
  const context = createContext(() => undefined, clock, shared)
  const statuses = [503, 503, 429, 200]
  for (const name of ['neoid', 'neoid', 'serproid']) {
    const server = await rawServer(t, (socket, _request, count) =>
      socket.write(response(statuses[count - 1] ?? 500)),
    )
    const { attempts } = await context.transport({ name })(post(server.origin))
    assert.equal(attempts, statuses.length)
  }
  assert.deepEqual(lines, [
    'neoid: HTTP 503. Retrying for up to 60 s.',
    'neoid: HTTP 429. Retrying for up to 60 s.',
    'serproid: HTTP 503. Retrying for up to 60 s.',
    'serproid: HTTP 429. Retrying for up to 60 s.',
  ])
})
