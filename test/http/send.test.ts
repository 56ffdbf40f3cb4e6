import assert from 'node:assert/strict'
import { after, beforeEach, describe, it, mock } from 'node:test'
import { closeConnections } from '../../provider/http/connections.ts'
import { HttpFailure } from '../../provider/http/failure.ts'
import { send } from '../../provider/http/send.ts'
import { ManualClock } from './support/clock.ts'
import { aMinute, post, sendOnce } from './support/request.ts'
import { rawServer, response } from './support/server.ts'

after(closeConnections)

beforeEach((t) => {
  mock.method(Math, 'random', () => 0.5)
  if ('after' in t)
    t.after(() => {
      mock.restoreAll()
    })
})

describe('send', () => {
  it('A request is sent as it is, and its response is returned', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write(response(200, 'çedilha', { 'X-A': 'b' })),
    )
    const answer = await send(post(server.origin), aMinute())
    assert.equal(answer.status, 200)
    assert.equal(answer.body, 'çedilha')
    assert.equal(answer.headers['x-a'], 'b')
    const [request] = server.requests
    assert.equal(request?.line, 'POST /service HTTP/1.1')
    assert.equal(request.body, 'client_secret=not-a-secret-portal')
    assert.equal(request.headers.get('content-type'), 'application/x-www-form-urlencoded')
    assert.equal(request.headers.get('accept'), 'application/json')
    assert.equal(request.headers.get('accept-encoding'), 'identity')
  })

  it('The same request is retried until the response is final', async (t) => {
    const server = await rawServer(t, (socket, _request, count) =>
      socket.write(response(count < 4 ? 503 : 200, count < 4 ? '' : 'done')),
    )
    const clock = new ManualClock()
    const answer = await send(post(server.origin), aMinute({ clock }))
    assert.equal(answer.body, 'done')
    assert.deepEqual(clock.waits, [125, 250, 500])
    assert.equal(
      new Set(
        server.requests.map((request) =>
          JSON.stringify([request.line, ...request.headers, request.body]),
        ),
      ).size,
      1,
    )
  })

  it('Each retry is reported once, with its reason and its kind', async (t) => {
    const answers = [response(503), response(429, '', { 'Retry-After': '7' }), response(200)]
    const server = await rawServer(t, (socket, _request, count) =>
      socket.write(answers[count - 1] ?? ''),
    )
    const said: unknown[] = []
    await send(post(server.origin), aMinute({ onRetry: (...args) => said.push(args) }))
    assert.deepEqual(said, [
      ['HTTP 503', 'HTTP 503'],
      ['HTTP 429', 'HTTP 429'],
    ])
  })

  it('The last response is returned when the time is over', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(503, 'Manutenção')))
    const clock = new ManualClock()
    const answer = await send(post(server.origin), aMinute({ clock }))
    assert.equal(answer.status, 503)
    assert.equal(answer.body, 'Manutenção')
    assert.equal(answer.comeBackAt, undefined)
    assert.ok(clock.now() < 60_000)
  })

  it('A request ends at once when Retry-After is beyond the deadline', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write(response(503, '', { 'Retry-After': '3600' })),
    )
    const clock = new ManualClock()
    const answer = await send(post(server.origin), aMinute({ clock }))
    assert.deepEqual(answer.comeBackAt, new Date('2026-03-02T04:00:00Z'))
    assert.equal(server.requests.length, 1)
    assert.equal(clock.now(), 0)
  })

  it('A response is kept if there is no time for another attempt', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(503, 'Manutenção')))
    const clock = new ManualClock()
    const answer = await send(post(server.origin), aMinute({ clock, time: { leftMs: 1_100 } }))
    assert.deepEqual([answer.status, answer.body], [503, 'Manutenção'])
    assert.deepEqual([server.requests.length, clock.now()], [1, 0])
  })

  it('The first of two Retry-After headers counts', async (t) => {
    const both = response(503, '', { 'Retry-After': '3', 'retry-after': '9' })
    const server = await rawServer(t, (socket, _request, count) =>
      socket.write(count === 1 ? both : response(200)),
    )
    const clock = new ManualClock()
    await send(post(server.origin), aMinute({ clock }))
    assert.deepEqual(clock.waits, [3000])
  })

  it('A request that must not be repeated is sent once', async (t) => {
    const server = await rawServer(t, (socket) => socket.write(response(503)))
    const answer = await sendOnce(server.origin)
    assert.equal(answer.status, 503)
    assert.equal(server.requests.length, 1)
  })

  it('A request that must not be repeated reports Retry-After', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write(response(503, '', { 'Retry-After': '2' })),
    )
    const answer = await sendOnce(server.origin)
    assert.deepEqual(answer.comeBackAt, new Date('2026-03-02T03:00:02Z'))
    assert.equal(server.requests.length, 1)
  })

  it('A request that must not be repeated is sent once even if the connection is lost', async (t) => {
    const server = await rawServer(t, (socket) => socket.destroy())
    await assert.rejects(sendOnce(server.origin), { kind: 'connection' })
    assert.equal(server.requests.length, 1)
  })

  it('A redirect is never followed', async (t) => {
    const elsewhere = await rawServer(t, (socket) => socket.write(response(200)))
    for (const status of [301, 302, 303, 307, 308]) {
      const location = { Location: `${elsewhere.origin}/` }
      const server = await rawServer(t, (socket) => socket.write(response(status, '', location)))
      assert.equal((await send(post(server.origin), aMinute())).status, status)
    }
    assert.equal(elsewhere.connections, 0)
  })
})

describe('a lost answer', () => {
  const losses = {
    'no byte of it': '',
    'its head cut off': 'HTTP/1.1 200 O',
    'its body shorter than announced': response(200, 'short', { 'Content-Length': '500' }),
    'its last chunk missing': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n',
  }
  for (const [name, text] of Object.entries(losses)) {
    it(`A request is retried after a failed connection: ${name}`, async (t) => {
      const server = await rawServer(t, (socket, _request, count) => {
        if (count === 1) socket.end(text)
        else socket.write(response(200, 'whole'))
      })
      const said: string[] = []
      const answer = await send(
        post(server.origin),
        aMinute({ onRetry: (reason) => said.push(reason) }),
      )
      assert.equal(answer.body, 'whole')
      assert.equal(said.length, 1)
      assert.match(String(said[0]), /^the connection to http:\/\/127\.0\.0\.1:\d+ failed \(/)
    })
  }

  it('A connection that was reset is reported as such', async (t) => {
    const server = await rawServer(t, (socket, _request, count) =>
      count === 1 ? socket.resetAndDestroy() : socket.write(response(200, 'whole')),
    )
    const said: string[] = []
    await send(post(server.origin), aMinute({ onRetry: (reason) => said.push(reason) }))
    assert.deepEqual(said, [`the connection to ${server.origin} failed (ECONNRESET)`])
  })

  it('A server that does not listen is reported as such', async (t) => {
    const server = await rawServer(t, () => undefined)
    const gone = server.origin.replace(/\d+$/, '1')
    await assert.rejects(
      sendOnce(gone),
      (error) =>
        error instanceof HttpFailure &&
        error.transient &&
        error.message === `the connection to ${gone} failed (ECONNREFUSED)`,
    )
  })
})

describe('what is not HTTP', () => {
  const answers = {
    'a greeting of another protocol': '220 mail.exemplo.gov.br ESMTP\r\n',
    'a header that is none': 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n',
    'a status of HTTP below 100': 'HTTP/1.1 099 Unknown\r\nContent-Length: 0\r\n\r\n',
    'a status of nothing, with a body': 'HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok',
    'such a status with chunks': 'HTTP/1.1 42 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'heads without an end': `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}`,
  }
  for (const [name, text] of Object.entries(answers)) {
    it(`A response that is not HTTP fails at once: ${name}`, async (t) => {
      const server = await rawServer(t, (socket) => socket.write(text))
      await assert.rejects(
        send(post(server.origin), aMinute()),
        (error) =>
          error instanceof HttpFailure &&
          !error.transient &&
          error.message === `${server.origin} did not answer in HTTP`,
      )
      assert.equal(server.requests.length, 1)
    })
  }

  it('A failure keeps nothing of a response that is not HTTP', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write('HTTP/1.1 200 OK\r\nnot-a-secret-token\r\n\r\n'),
    )
    const failure = await sendOnce(server.origin).catch((error: unknown) => error)
    const { inspect } = await import('node:util')
    assert.doesNotMatch(inspect(failure, { depth: Infinity, showHidden: true }), /not-a-secret/)
  })
})

describe('a body', () => {
  const head =
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'

  it('A body of 1 MiB is read', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write(response(200, 'x'.repeat(1_048_576))),
    )
    assert.equal((await send(post(server.origin), aMinute())).body.length, 1_048_576)
  })

  it('A body of one byte more than 1 MiB is not read, and nothing of it is kept', async (t) => {
    const server = await rawServer(t, (socket) =>
      socket.write(response(200, 'x'.repeat(1_048_577))),
    )
    const answer = await send(post(server.origin), aMinute())
    assert.equal(answer.tooLong, true)
    assert.equal(answer.body, '')
  })

  it('An endless body is left and its connection closed', async (t) => {
    const closed = Promise.withResolvers<undefined>()
    const server = await rawServer(t, (socket) => {
      socket.on('close', () => {
        closed.resolve(undefined)
      })
      const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      }
      socket.on('drain', more)
      socket.write(head)
      more()
    })
    assert.equal((await send(post(server.origin), aMinute())).tooLong, true)
    await closed.promise
  })

  it('An endless body does not hide a status that is retried', async (t) => {
    const server = await rawServer(t, (socket, _request, count) =>
      socket.write(count === 1 ? response(503, 'x'.repeat(1_048_577)) : response(200, 'done')),
    )
    assert.equal((await send(post(server.origin), aMinute())).body, 'done')
  })
})
