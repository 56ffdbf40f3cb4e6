import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { descendantsOf } from '../../cli/processes.ts'
import { manifestOf, manifestProgram } from '../support/fixture.ts'
import { Stack } from '../support/stack.ts'

/** A PSC that answers nobody before a test says so. */
async function startSlowPsc(t: TestContext, onRequest: (waiting: ServerResponse[]) => void) {
  const waiting: ServerResponse[] = []
  const server = createServer((request, response) => {
    request.resume()
    waiting.push(response)
    response.on('close', () => {
      if (waiting.includes(response)) waiting.splice(waiting.indexOf(response), 1)
    })
    onRequest(waiting)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/psc/v0/oauth`
  return { baseUrl, waiting }
}

function answer(waiting: ServerResponse[]): void {
  for (const response of waiting.splice(0)) {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ access_token: 'not-a-token', token_type: 'Bearer', expires_in: 60 }),
    )
  }
}

/** A stack with four clients at each PSC, which may have two connections to each. */
async function declare(t: TestContext, baseUrls: Readonly<Record<string, string>>): Promise<Stack> {
  const clients = Object.keys(baseUrls).flatMap((psc) =>
    [1, 2, 3, 4].map((number) => {
      const clientId = `${psc}-${number}`
      return [clientId, { psc, clientId, name: `Portal ${number}` }] as const
    }),
  )
  const stack = await Stack.create({
    files: {
      'index.ts': manifestProgram,
      'clients.yaml': manifestOf(Object.fromEntries(clients)),
    },
    config: {
      'psc:baseUrls': baseUrls,
      'psc:maxConnections': 2,
      'psc:preflight': 'required',
      'psc:timeoutSeconds': 60,
    },
    env: { PORTAL_SECRET: 'not-a-secret' },
  })
  t.after(() => {
    stack.remove()
  })
  return stack
}

test('A preview fills the connections to two PSCs at once before any of them answers', async (t) => {
  let most = 0
  const answerWhenFull = () => {
    const pscs = [one.waiting, other.waiting]
    for (const { length } of pscs) most = Math.max(most, length)
    if (pscs.every(({ length }) => length === 2)) pscs.forEach(answer)
  }
  const one = await startSlowPsc(t, answerWhenFull)
  const other = await startSlowPsc(t, answerWhenFull)
  const stack = await declare(t, { neoid: one.baseUrl, serproid: other.baseUrl })
  await stack.succeed('preview')
  assert.equal(most, 2)
})

test('A program whose engine is killed sends no more requests and ends', async (t) => {
  // Two proofs wait for their answers, and two for a connection.
  const full = Promise.withResolvers<undefined>()
  let requests = 0
  const { baseUrl, waiting } = await startSlowPsc(t, () => {
    if (++requests === 2) full.resolve(undefined)
  })
  const stack = await declare(t, { neoid: baseUrl })
  const engine = stack.start('preview')
  await full.promise
  const programs = descendantsOf(engine.pid ?? 0).filter(({ command }) =>
    command.includes('cmd/run'),
  )
  assert.equal(programs.length, 1)
  const connections = new Set(waiting.map(({ req }) => req.socket))
  assert.equal(connections.size, 2)
  const closed = Array.from(connections, (connection) => once(connection, 'close'))
  const exited = once(engine, 'exit')
  engine.kill('SIGKILL')
  await exited
  // The answered proof lets go of its connection; the other one still waits.
  answer(waiting.splice(0, 1))
  // A process that ends closes its connections.
  await Promise.all(closed)
  assert.equal(requests, 2)
  const pids = programs.map(({ pid }) => String(pid))
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', pids.join()], { encoding: 'utf8' })
  assert.doesNotMatch(stdout, /cmd\/run/)
})
