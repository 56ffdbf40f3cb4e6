import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, Socket } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { engineIsThere } from '../../provider/engine/alive.ts'
import { createContext } from '../../provider/engine/context.ts'
import { ManualClock } from '../http/support/clock.ts'
import { post } from '../http/support/request.ts'
import { rawServer, response } from '../http/support/server.ts'

/** An engine, as far as its provider process knows it: an address. */
async function startEngine(host: string) {
  const server = createServer()
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const kill = async () => {
    server.close()
    await once(server, 'close')
  }
  return { port, kill }
}

describe('the engine', () => {
  for (const [host, written] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ] as const) {
    it(`The engine counts as running while it listens at ${written}`, async () => {
      const { port, kill } = await startEngine(host)
      assert.equal(await engineIsThere(`${written}:${port}`), true)
      await kill()
      assert.equal(await engineIsThere(`${written}:${port}`), false)
    })
  }

  it('The engine counts as running when it does not respond within a second', async (t) => {
    const socket = new Socket()
    t.mock.method(socket, 'setTimeout', (milliseconds: number, expire: () => void) => {
      if (milliseconds === 1000) expire()
      return socket
    })
    assert.equal(await engineIsThere('127.0.0.1:1', () => socket), true)
    assert.equal(socket.destroyed, true)
  })

  it('Nothing looks for an engine where there is none', async () => {
    for (const address of ['', 'verify', 'clients.yaml', '--json', 'psc.exemplo.gov.br:1']) {
      assert.equal(await engineIsThere(address), true, address)
    }
  })
})

/** Starts a provider process as Pulumi's host does, with what the host does about an error that nothing catches. */
async function startProvider(t: TestContext, port: number) {
  const handler = new URL('../../provider/handler.ts', import.meta.url).href
  const script = `
    process.on('uncaughtException', (error) => console.error(error.stack))
    const { PscClient } = await import(${JSON.stringify(handler)})
    await PscClient().check({}, {})
    process.on('SIGUSR2', () => {
      console.warn('a retry')
      setImmediate(() => console.warn('another'))
    })
    console.log('ready')
    setInterval(() => undefined, 60_000)
  `
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', script, 'host', `127.0.0.1:${port}`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  assert.equal(child.exitCode, null)
  return { child, ended: once(child, 'exit') }
}

describe('a provider process', { timeout: 60_000 }, () => {
  it('A provider process ends with its engine, even in the middle of its work', async (t) => {
    const { port, kill } = await startEngine('127.0.0.1')
    const { ended } = await startProvider(t, port)
    await kill()
    await ended
  })

  it('A provider process ends when nothing reads what it prints', async (t) => {
    const { port, kill } = await startEngine('127.0.0.1')
    t.after(kill)
    const { child, ended } = await startProvider(t, port)
    child.stderr.destroy()
    await once(child.stderr, 'close')
    child.kill('SIGUSR2')
    assert.deepEqual(await ended, [1, null])
  })
})

describe('an operation whose engine was killed', () => {
  it('An operation whose engine was killed is not retried', async (t) => {
    const { port, kill } = await startEngine('127.0.0.1')
    const [before] = process.argv.splice(2, 1, `127.0.0.1:${port}`)
    t.after(() => process.argv.splice(2, 1, before ?? ''))
    t.mock.method(console, 'warn', () => undefined)
    t.mock.method(Math, 'random', () => 0.9)
    const server = await rawServer(t, (socket) => socket.write(response(503)))
    const clock = new ManualClock()
    clock.wait = async (milliseconds) => {
      clock.advance(milliseconds)
      if (server.requests.length === 4) await kill()
    }
    const transport = createContext(() => undefined, clock).transport({ name: 'neoid' })
    await assert.rejects(transport(post(server.origin)), {
      kind: 'abandoned',
      message: /the run was interrupted/,
    })
    assert.equal(server.requests.length, 4)
  })
})
