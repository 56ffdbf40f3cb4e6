import assert from 'node:assert/strict'
import dns from 'node:dns'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { closeConnections } from '../../provider/http/connections.ts'
import { send } from '../../provider/http/send.ts'
import { createAuthority } from './support/authority.ts'
import { sendInChild, temporaryFile, tlsServer } from './support/child.ts'
import { ManualClock } from './support/clock.ts'
import { connectProxy, tunnelTo } from './support/proxy.ts'
import { aMinute, post, sendOnce } from './support/request.ts'
import { rawServer, response } from './support/server.ts'

const host = 'psc.exemplo.gov.br'

const origin = `https://${host}`

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy']

beforeEach(() => {
  for (const name of variables) Reflect.deleteProperty(process.env, name)
})

afterEach(closeConnections)

describe('HTTPS_PROXY', () => {
  it('HTTPS_PROXY is used, and the proxy sees neither the path nor the content', async (t) => {
    const authority = await createAuthority()
    const port = await tlsServer(t, await authority.issue(host))
    const proxy = await connectProxy(t, tunnelTo(port))
    const env = {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: temporaryFile(t, authority.cert),
    }
    assert.equal(await sendInChild(origin, env), '200')
    assert.equal(proxy.asked.length, 1)
    assert.match(String(proxy.asked[0]), /^CONNECT psc\.exemplo\.gov\.br:443 HTTP\/1\.1\r\n/)
  })

  it('The proxy may have its lower-case variable and lack http://', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.destroy())
    process.env.https_proxy = proxy.url.replace('http://', '')
    await assert.rejects(sendOnce(origin), { kind: 'proxy' })
    assert.equal(proxy.asked.length, 1)
  })

  it('The proxy gets the decoded user name and password of its address', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.destroy())
    process.env.HTTPS_PROXY = proxy.url.replace('//', '//maria:n%C3%A3o%40secreto@')
    await assert.rejects(sendOnce(origin))
    const credentials = Buffer.from('maria:não@secreto').toString('base64')
    assert.match(
      String(proxy.asked[0]),
      new RegExp(`\r\nproxy-authorization: Basic ${credentials}\r\n`, 'i'),
    )
  })

  it('The proxy is not used for the hosts of NO_PROXY', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.destroy())
    process.env.HTTPS_PROXY = proxy.url
    t.mock.method(dns, 'lookup', failingLookup('ENOTFOUND'))
    for (const value of [host, '.exemplo.gov.br', '*.exemplo.gov.br', `outro,${host}:443`, '*']) {
      process.env.NO_PROXY = value
      await assert.rejects(sendOnce(origin), { kind: 'dns' }, value)
      await closeConnections()
    }
    assert.deepEqual(proxy.asked, [])
    process.env.NO_PROXY = 'exemplo.com.br'
    await assert.rejects(sendOnce(origin), { kind: 'proxy' })
  })

  it('The proxy is not used for this machine, where plain http is allowed', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.destroy())
    Object.assign(process.env, { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url })
    const server = await rawServer(t, (socket) => socket.write(response(200)))
    for (const name of ['127.0.0.1', 'localhost']) {
      assert.equal((await sendOnce(`http://${name}:${server.port}`)).status, 200)
      // It answers in plain text, which is not what matters here.
      await assert.rejects(sendOnce(`https://${name}:${server.port}`))
    }
    assert.deepEqual(proxy.asked, [])
  })
})

describe('a failure of the proxy', () => {
  it('A connection that the proxy resets is retried with a pause until the deadline', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.resetAndDestroy())
    process.env.HTTPS_PROXY = proxy.url
    t.mock.method(Math, 'random', () => 0.5)
    const clock = new ManualClock()
    const retries: string[] = []
    const sending = send(
      post(origin),
      aMinute({ clock, onRetry: (reason) => retries.push(reason) }),
    )
    await assert.rejects(sending, {
      kind: 'proxy',
      message: `the proxy failed: the connection to ${proxy.url} failed (ECONNRESET)`,
    })
    // One request to the proxy for each attempt that the user saw, and the last.
    assert.equal(proxy.asked.length, retries.length + 1)
    assert.deepEqual(clock.waits.slice(0, 4), [125, 250, 500, 1000])
  })

  it('A connection that the proxy keeps closing causes no busy loop', async (t) => {
    const proxy = await connectProxy(t, (socket) => socket.end())
    process.env.HTTPS_PROXY = proxy.url
    await assert.rejects(sendOnce(origin), { kind: 'proxy', transient: true })
    assert.equal(proxy.asked.length, 1)
  })

  it('The next attempt recovers from a failure of the proxy', async (t) => {
    const authority = await createAuthority()
    const port = await tlsServer(t, await authority.issue(host))
    const tunnel = tunnelTo(port)
    const proxy = await connectProxy(t, (socket, count) => {
      if (count < 3) socket.resetAndDestroy()
      else tunnel(socket)
    })
    process.env.HTTPS_PROXY = proxy.url
    // Its certificate is not trusted here, and to find that out one must get there.
    await assert.rejects(send(post(origin), aMinute()), { kind: 'tls' })
    assert.equal(proxy.asked.length, 3)
  })

  const refusals = [
    {
      status: 407,
      transient: false,
      advice: ': it needs a user name and a password, http://user:password@…',
    },
    { status: 403, transient: false, advice: '' },
    { status: 502, transient: true, advice: '' },
    { status: 503, transient: true, advice: '' },
  ]
  for (const { status, transient, advice } of refusals) {
    for (const body of ['', '<html>Acesso negado</html>']) {
      it(`The ${status} of a proxy ${body && 'with a page '}is reported as its failure`, async (t) => {
        const proxy = await connectProxy(t, (socket) => socket.end(response(status, body)))
        process.env.HTTPS_PROXY = proxy.url
        await assert.rejects(sendOnce(origin), {
          kind: 'proxy',
          transient,
          message: `the proxy of HTTPS_PROXY refused the connection to ${host}:443 (HTTP ${status})${advice}`,
        })
      })
    }
  }

  it('The name of a proxy that cannot be resolved is reported', async (t) => {
    process.env.HTTPS_PROXY = 'http://proxy.exemplo.com.br:3128'
    t.mock.method(dns, 'lookup', failingLookup('EAI_AGAIN'))
    await assert.rejects(sendOnce(origin), {
      kind: 'proxy',
      message:
        'the proxy failed: the name of http://proxy.exemplo.com.br:3128 could not be resolved (DNS: EAI_AGAIN)',
    })
  })

  it('A proxy that does not listen is reported', async () => {
    process.env.HTTPS_PROXY = 'http://127.0.0.1:1'
    await assert.rejects(sendOnce(origin), {
      kind: 'proxy',
      message: 'the proxy failed: the connection to http://127.0.0.1:1 failed (ECONNREFUSED)',
    })
  })

  it('The certificate of a proxy is reported as the failing one if it is reached by TLS', async (t) => {
    const authority = await createAuthority()
    const port = await tlsServer(t, await authority.issue('localhost'))
    process.env.HTTPS_PROXY = `https://localhost:${port}`
    await assert.rejects(sendOnce(origin), {
      kind: 'proxy',
      transient: false,
      message: new RegExp(
        `^the proxy failed: the TLS certificate of https://localhost:${port} is not trusted`,
      ),
    })
  })

  it('A failure of the server is not blamed on the proxy', async (t) => {
    const proxy = await connectProxy(t, (socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.once('data', () => socket.resetAndDestroy())
    })
    process.env.HTTPS_PROXY = proxy.url
    await assert.rejects(sendOnce(origin), {
      kind: 'connection',
      message: `the connection to ${origin} failed (ECONNRESET)`,
    })
  })

  it('A proxy of another protocol is reported, and no PSC is blamed', async () => {
    for (const value of ['socks5://127.0.0.1:1080', 'socks://127.0.0.1', 'ftp://127.0.0.1']) {
      process.env.HTTPS_PROXY = value
      await assert.rejects(sendOnce(origin), {
        kind: 'proxy',
        transient: false,
        message: /^the environment variable HTTPS_PROXY is not the address of an HTTP proxy/,
      })
    }
  })

  it('The password of the proxy is never shown', async () => {
    for (const value of [
      'http://maria:not-a-secret@[',
      'http://maria:not-a-secret%@127.0.0.1:1',
      'nonsense://maria:not-a-secret@x',
    ]) {
      process.env.HTTPS_PROXY = value
      const failure = (await sendOnce(origin).catch((error: unknown) => error)) as Error
      assert.equal(failure.name, 'HttpFailure', failure.stack)
      assert.match(failure.message, /HTTPS_PROXY/)
      assert.doesNotMatch(String(failure.stack), /not-a-secret/)
      await closeConnections()
    }
  })
})

describe('DNS', () => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']) {
    it(`A failure of DNS is reported as such: ${code}`, async (t) => {
      t.mock.method(dns, 'lookup', failingLookup(code))
      await assert.rejects(sendOnce(origin), {
        kind: 'dns',
        transient: true,
        message: `the name of ${origin} could not be resolved (DNS: ${code})`,
      })
    })
  }
})

type LookupCallback = (error: NodeJS.ErrnoException) => void

/** Node's resolver, when it finds nothing. */
function failingLookup(code: string): typeof dns.lookup {
  const lookup = (name: string, _options: unknown, callback: LookupCallback) => {
    const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), {
      code,
      syscall: 'getaddrinfo',
    })
    process.nextTick(callback, error)
  }
  return lookup as unknown as typeof dns.lookup
}
