import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { descendantsOf } from '../../cli/processes.ts'
import { Stack } from '../support/stack.ts'

function clientAt(psc: string, number: number) {
  return {
    psc,
    clientId: `${psc}-${number}`,
    clientSecret: { env: 'SECRET' },
    name: `Portal ${number}`,
    comments: 'Assinatura de requerimentos',
    email: 'suporte@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/callback'],
    certificate: { hosts: ['portal.exemplo.gov.br'] },
  }
}

/** A PSC that answers nobody before it is told to. */
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

function answerAll(waiting: ServerResponse[]): void {
  for (const response of waiting.splice(0)) {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ access_token: 'not-a-token', token_type: 'Bearer', expires_in: 60 }),
    )
  }
}

describe('the proofs of a preview', () => {
  const declare = async (t: TestContext, baseUrls: Readonly<Record<string, string>>) => {
    const clients = Object.keys(baseUrls).flatMap((psc) =>
      [1, 2, 3, 4].map((number) => [`${psc}-${number}`, clientAt(psc, number)] as const),
    )
    const stack = await Stack.create({
      files: {
        'index.ts': "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n",
        'clients.yaml': JSON.stringify({ clients: Object.fromEntries(clients) }),
      },
      config: {
        'psc:baseUrls': baseUrls,
        'psc:maxConnections': 2,
        'psc:preflight': 'required',
        'psc:timeoutSeconds': 60,
      },
      env: { SECRET: 'not-a-secret' },
    })
    t.after(() => {
      stack.remove()
    })
    return stack
  }

  it('are made at the same time, as many as may have a connection', async (t) => {
    let most = 0
    const { baseUrl } = await startSlowPsc(t, (waiting) => {
      most = Math.max(most, waiting.length)
      if (waiting.length === 2) answerAll(waiting)
    })
    const stack = await declare(t, { neoid: baseUrl })
    await stack.succeed('preview')
    assert.equal(most, 2)
  })

  it('do not wait for another PSC, which does not answer', async (t) => {
    // Neither answers before both are asked.
    let haveMet = false
    const meet = () => {
      const both = [one.waiting, other.waiting]
      haveMet ||= both.every(({ length }) => length > 0)
      if (haveMet) both.forEach(answerAll)
    }
    const one = await startSlowPsc(t, meet)
    const other = await startSlowPsc(t, meet)
    const stack = await declare(t, { neoid: one.baseUrl, serproid: other.baseUrl })
    await stack.succeed('preview')
    assert.ok(haveMet)
  })

  describe('of an engine that is killed', () => {
    /** Kills it while two proofs wait for their answers, and two for a connection. */
    const killMidway = async (t: TestContext) => {
      const asked = Promise.withResolvers<undefined>()
      const requests: string[] = []
      const { baseUrl, waiting } = await startSlowPsc(t, () => {
        requests.push('client_token')
        if (requests.length === 2) asked.resolve(undefined)
      })
      const stack = await declare(t, { neoid: baseUrl })
      const engine = stack.start('preview')
      await asked.promise
      const children = descendantsOf(engine.pid ?? 0)
      const connections = new Set(waiting.map(({ req }) => req.socket))
      const closed = Array.from(connections, (connection) => once(connection, 'close'))
      const exited = once(engine, 'exit')
      engine.kill('SIGKILL')
      await exited
      return { requests, waiting, children, closed: Promise.all(closed) }
    }

    it('end with its program', async (t) => {
      const { requests, children, closed } = await killMidway(t)
      // A process that ends closes its connections.
      await closed
      assert.equal(requests.length, 2)
      const programs = children.filter(({ command }) => command.includes('cmd/run'))
      assert.equal(programs.length, 1)
      const pids = programs.map(({ pid }) => String(pid))
      const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', pids.join()], { encoding: 'utf8' })
      assert.doesNotMatch(stdout, /cmd\/run/)
    })

    it('are not begun, whoever answers the others', async (t) => {
      const { requests, waiting, closed } = await killMidway(t)
      answerAll(waiting)
      await closed
      assert.equal(requests.length, 2)
    })
  })
})
