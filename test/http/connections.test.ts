import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { closeConnections } from '../../provider/http/connections.ts'
import { send } from '../../provider/http/send.ts'
import { ManualClock } from './support/clock.ts'
import { aMinute, post, sendOnce } from './support/request.ts'
import { rawServer, response } from './support/server.ts'

afterEach(closeConnections)

describe('connections', () => {
  it('are kept alive from one request to the next', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(200)))
    for (let count = 0; count < 5; count++) {
      await send(post(server.origin), aMinute({ maxConnections: 1 }))
    }
    assert.equal(server.requests.length, 5)
    assert.equal(server.connections, 1)
  })

  for (const maxConnections of [1, 3]) {
    it(`are at most ${maxConnections} at once, however much is asked`, async (t) => {
      const held: Socket[] = []
      const server = await rawServer(t, (socket) => held.push(socket))
      const all = Array.from({ length: 20 }, () =>
        send(post(server.origin), aMinute({ maxConnections })),
      )
      for (let count = 1; count <= 20; count++) {
        await server.arrived(count)
        // Nobody else is asking while every connection is in use.
        if (count % maxConnections === 0 || count === 20) {
          for (const socket of held.splice(0)) socket.write(response(200))
        }
      }
      await Promise.all(all)
      assert.equal(server.requests.length, 20)
      assert.equal(server.mostAtOnce, maxConnections)
    })
  }

  it('stay within their number when they break', async (t) => {
    const server = await rawServer(t, (socket, _request, count) => {
      if (count % 2 === 0) socket.resetAndDestroy()
      else socket.write(response(200))
    })
    const all = Array.from({ length: 30 }, () =>
      send(post(server.origin), aMinute({ maxConnections: 4 })),
    )
    for (const { status } of await Promise.all(all)) assert.equal(status, 200)
    assert.ok(server.mostAtOnce <= 4, `${String(server.mostAtOnce)} at once`)
  })

  it('are shared by all operations, and kept apart by server', async (t) => {
    const one = await rawServer(t, (socket) => socket.write(response(200)))
    const other = await rawServer(t, (socket) => socket.write(response(200)))
    await Promise.all(
      [one, other, one, other].map(({ origin }) =>
        send(post(origin), aMinute({ maxConnections: 1 })),
      ),
    )
    assert.equal(one.connections, 1)
    assert.equal(other.connections, 1)
  })

  it('are used by IPv6 too', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(200, 'six')), '::1')
    const answer = await send(post(`http://[::1]:${server.port}`), aMinute())
    assert.equal(answer.body, 'six')
  })

  it('do not keep the process when they are idle', async (t) => {
    // The server would keep the connection for an hour.
    const kept = response(200, 'x', { 'Keep-Alive': 'timeout=3600' })
    const server = await rawServer(t, (socket) => socket.write(kept))
    const child = fork(new URL('support/send-once.ts', import.meta.url), [server.origin], {
      silent: true,
    })
    assert.deepEqual(await once(child, 'exit'), [0, null])
    assert.equal(server.requests.length, 1)
  })
})

describe('the deadline', () => {
  it('holds for an answer that does not come', async (t) => {
    const server = await rawServer(t, () => undefined)
    const clock = new ManualClock()
    const sending = sendOnce(server.origin, aMinute({ clock }))
    await server.arrived(1)
    clock.advance(60_000)
    await assert.rejects(sending, {
      kind: 'timeout',
      message: `${server.origin} did not answer within 60 s`,
    })
  })

  it('holds for a body that trickles', async (t) => {
    const server = await rawServer(t, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{')
    })
    const clock = new ManualClock()
    const sending = sendOnce(server.origin, aMinute({ clock }))
    await server.arrived(1)
    clock.advance(60_000)
    await assert.rejects(sending, { kind: 'timeout' })
  })

  it('leaves time for another attempt when a server hangs', async (t) => {
    const server = await rawServer(t, (socket, _request, count) => {
      if (count === 2) socket.write(response(200, 'awake'))
    })
    const clock = new ManualClock()
    const said: string[] = []
    const sending = send(
      post(server.origin),
      aMinute({ clock, onRetry: (reason) => said.push(reason) }),
    )
    await server.arrived(1)
    clock.expire()
    assert.equal((await sending).body, 'awake')
    assert.deepEqual(said, [`${server.origin} did not answer within 20 s`])
  })

  it('closes the connection of an attempt that took too long', async (t) => {
    const closed = Promise.withResolvers<undefined>()
    const server = await rawServer(t, (socket) => {
      socket.on('close', () => {
        closed.resolve(undefined)
      })
    })
    const clock = new ManualClock()
    const sending = sendOnce(server.origin, aMinute({ clock }))
    await server.arrived(1)
    clock.advance(60_000)
    await assert.rejects(sending)
    await closed.promise
  })

  it('holds while all connections are busy, and says that it was not the server', async (t) => {
    const server = await rawServer(t, () => undefined)
    const clock = new ManualClock()
    const first = send(post(server.origin), aMinute({ clock, maxConnections: 1, deadline: 90_000 }))
    await server.arrived(1)
    const second = send(
      post(server.origin),
      aMinute({ clock, maxConnections: 1, deadline: 10_000 }),
    )
    first.catch(() => undefined)
    clock.advance(10_000)
    await assert.rejects(second, {
      kind: 'timeout',
      message: `no connection to ${server.origin} was free in time: raise psc:maxConnections (now 1) or psc:timeoutSeconds`,
    })
    assert.equal(server.requests.length, 1)
    clock.advance(90_000)
    await assert.rejects(first)
  })

  it('gives a server its full time once a connection is free', async (t) => {
    const held: Socket[] = []
    const server = await rawServer(t, (socket) => held.push(socket))
    const clock = new ManualClock()
    const first = send(post(server.origin), aMinute({ clock, maxConnections: 1 }))
    await server.arrived(1)
    const second = send(post(server.origin), aMinute({ clock, maxConnections: 1 }))
    clock.advance(15_000)
    held[0]?.write(response(200, 'first'))
    assert.equal((await first).body, 'first')
    await server.arrived(2)
    // 30 s after it was asked for, 15 s after it was sent.
    clock.advance(15_000)
    held[1]?.write(response(200, 'second'))
    assert.equal((await second).body, 'second')
  })

  it('lets whoever waits in line go when it has passed, and serves the next', async (t) => {
    const held: Socket[] = []
    const server = await rawServer(t, (socket) => held.push(socket))
    const clock = new ManualClock()
    const options = (deadline: number) => aMinute({ clock, maxConnections: 1, deadline })
    const first = send(post(server.origin), options(60_000))
    await server.arrived(1)
    const impatient = send(post(server.origin), options(5_000))
    const patient = send(post(server.origin), options(60_000))
    clock.advance(5_000)
    await assert.rejects(impatient)
    held[0]?.write(response(200))
    await first
    await server.arrived(2)
    held[1]?.write(response(200, 'patient'))
    assert.equal((await patient).body, 'patient')
  })
})
