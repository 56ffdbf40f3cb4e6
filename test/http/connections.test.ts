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
  it('A connection is kept alive for the next request', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(200)))
    for (let count = 0; count < 5; count++) {
      await send(post(server.origin), aMinute({ maxConnections: 1 }))
    }
    assert.equal(server.requests.length, 5)
    assert.equal(server.connections, 1)
  })

  for (const maxConnections of [1, 3]) {
    it(`At most ${maxConnections} connections are open at once`, async (t) => {
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

  it('The number of connections stays within the limit when some break', async (t) => {
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

  it('All operations share the connections of a server, and servers have their own', async (t) => {
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

  it('A connection may use IPv6', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(200, 'six')), '::1')
    const answer = await send(post(`http://[::1]:${server.port}`), aMinute())
    assert.equal(answer.body, 'six')
  })

  it('Idle connections do not keep the process running', async (t) => {
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
  it('The deadline ends a request that gets no response', async (t) => {
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

  it('The deadline ends a response that trickles in', async (t) => {
    const server = await rawServer(t, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{')
    })
    const clock = new ManualClock()
    const sending = sendOnce(server.origin, aMinute({ clock }))
    await server.arrived(1)
    clock.advance(60_000)
    await assert.rejects(sending, { kind: 'timeout' })
  })

  it('The deadline leaves time for another attempt when a server hangs', async (t) => {
    const server = await rawServer(t, (socket, _request, count) => {
      if (count === 2) socket.write(response(200, 'awake'))
    })
    const clock = new ManualClock()
    const retries: string[] = []
    const sending = send(
      post(server.origin),
      aMinute({ clock, onRetry: (reason) => retries.push(reason) }),
    )
    await server.arrived(1)
    clock.expire()
    assert.equal((await sending).body, 'awake')
    assert.deepEqual(retries, [`${server.origin} did not answer within 20 s`])
  })

  it('A connection closes when its attempt takes too long', async (t) => {
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

  it('The deadline begins when the request holds a connection', async (t) => {
    const held: Socket[] = []
    const server = await rawServer(t, (socket) => held.push(socket))
    const clock = new ManualClock()
    const first = send(post(server.origin), aMinute({ clock, maxConnections: 1 }))
    await server.arrived(1)
    const time = { leftMs: 20_000 }
    const second = sendOnce(server.origin, aMinute({ clock, time, maxConnections: 1 }))
    clock.advance(19_000)
    held[0]?.write(response(200, 'first'))
    assert.equal((await first).body, 'first')
    await server.arrived(2)
    // 38 s after it was asked for, 19 s after it was sent, of the 20 s that it may take.
    clock.advance(19_000)
    held[1]?.write(response(200, 'second'))
    assert.equal((await second).body, 'second')
  })

  it('All requests of an operation share one deadline, which does not run while they wait', async (t) => {
    const held: Socket[] = []
    const server = await rawServer(t, (socket) => held.push(socket))
    const clock = new ManualClock()
    const time = { leftMs: 60_000 }
    const first = sendOnce(server.origin, aMinute({ clock, time, maxConnections: 1 }))
    await server.arrived(1)
    clock.advance(20_000)
    held[0]?.write(response(200))
    await first
    assert.equal(time.leftMs, 40_000)
    const other = send(post(server.origin), aMinute({ clock, maxConnections: 1 }))
    await server.arrived(2)
    const second = sendOnce(server.origin, aMinute({ clock, time, maxConnections: 1 }))
    clock.advance(10_000)
    held[1]?.write(response(200))
    await other
    await server.arrived(3)
    clock.advance(40_000)
    await assert.rejects(second, { message: `${server.origin} did not answer within 40 s` })
  })

  it('A request that turns out to be unnecessary does not wait for its turn', async (t) => {
    const held: Socket[] = []
    const server = await rawServer(t, (socket) => held.push(socket))
    const first = send(post(server.origin), aMinute({ maxConnections: 1 }))
    await server.arrived(1)
    const reason = new Error('the server did not answer another')
    const known: Error[] = []
    const beforeAttempt = () => {
      for (const error of known) throw error
    }
    const second = send(post(server.origin), aMinute({ maxConnections: 1, beforeAttempt }))
    known.push(reason)
    held[0]?.write(response(200))
    await first
    await assert.rejects(second, reason)
    assert.equal(server.requests.length, 1)
  })
})
