import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { compactVerify, decodeProtectedHeader, importX509 } from 'jose'
import type { FaultInput } from '../../emulator/index.ts'
import { openDoor as openClientDoor } from '../lifecycle/door.ts'
import { application, byJson, certificate, keyPem, signed, useStage } from './stage.ts'

describe('a registration', () => {
  const stage = useStage()
  const sent = () => stage.emulator.requests.list().map(({ method, path }) => `${method} ${path}`)

  it('sends four fields once, and returns the id and the secret', async () => {
    const { id, outs } = await stage.door.create(byJson)
    assert.deepEqual(sent(), ['POST /vidaas/v0/oauth/application'])
    const [request] = stage.emulator.requests.list()
    assert.equal(request?.headers['content-type'], 'application/json')
    assert.deepEqual(request.body, {
      name: application.name,
      comments: application.comments,
      redirect_uris: application.redirectUris,
      email: application.email,
    })
    const [client] = stage.emulator.clients('vidaas')
    assert.equal(id, client?.clientId)
    assert.deepEqual(Object.keys(outs ?? {}).sort(), [
      'clientId',
      'clientSecret',
      'comments',
      'email',
      'name',
      'psc',
      'redirectUris',
    ])
    assert.equal(outs?.clientId, id)
  })

  for (const psc of ['standard', 'vidaas', 'birdid', 'vaultid', 'neoid', 'serproid']) {
    it(`at ${psc} feeds a client that is maintained`, async () => {
      const at = { extends: psc, baseUrl: stage.emulator.baseUrls[psc as 'vidaas'] }
      const isSigned = psc.startsWith('neo') || psc.startsWith('serpro')
      const { outs } = await stage.door.create({ ...(isSigned ? signed : byJson), psc: at })
      const door = await openClientDoor(stage.config)
      const { clientId, clientSecret } = outs as { clientId: string; clientSecret: string }
      const hosts = ['portal.exemplo.gov.br']
      const name = 'Portal'
      const client = {
        ...application,
        name,
        psc: at,
        clientId,
        clientSecret,
        certificate: { hosts },
      }
      await door.create(client)
      assert.equal(stage.emulator.registered(psc as 'vidaas', clientId)?.name, name)
    })
  }

  it('is a JWS where the PSC wants one, which another library verifies', async () => {
    let body = ''
    let type: string | undefined
    const server = createServer((request, response) => {
      type = request.headers['content-type']
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        response.end(JSON.stringify({ client_id: 'novo', client_secret: 'not-a-secret' }))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      await stage.door.create({ ...signed, psc: { name: 'outro', extends: 'serproid', baseUrl } })
    } finally {
      server.close()
    }
    assert.equal(type, 'application/jwt')
    // The header as SERPRO documents it: two members, the certificate in PEM with its armour.
    const header = decodeProtectedHeader(body)
    assert.deepEqual(Object.keys(header), ['alg', 'x5c'])
    assert.equal(header.alg, 'RS256')
    assert.equal(header.x5c?.length, 1)
    const [pem = ''] = header.x5c
    assert.equal(pem.trim(), certificate.trim())
    const { payload } = await compactVerify(body, await importX509(pem, 'RS256'))
    assert.deepEqual(JSON.parse(new TextDecoder().decode(payload)), {
      name: application.name,
      comments: application.comments,
      host: 'portal.exemplo.gov.br',
      redirect_uris: application.redirectUris,
      email: application.email,
      aud: 'serproid',
    })
  })

  it('keeps nothing of the private key and of the certificate', async () => {
    const { outs } = await stage.door.create(signed)
    assert.doesNotMatch(JSON.stringify(outs), /PRIVATE|BEGIN|PSC_TEST_KEY/)
    const line = keyPem.split('\n')[3] ?? ''
    assert.doesNotMatch(JSON.stringify([outs, stage.said()]), new RegExp(line.slice(0, 20)))
  })

  it('that the PSC refuses is refused, and may be tried again', async () => {
    await stage.door.create(signed)
    await assert.rejects(stage.door.create(signed), (error: Error) => {
      assert.match(error.message, /412 APLICACAO_OAUTH_NOME_JA_CADASTRADO/)
      assert.ok(!('id' in error), 'the engine keeps nothing')
      return true
    })
  })

  it('that never reached the PSC may be tried again', async () => {
    await stage.emulator.close()
    await assert.rejects(stage.door.create(byJson), (error: Error) => {
      assert.match(error.message, /ECONNREFUSED/)
      assert.ok(!('id' in error), 'the engine keeps nothing')
      return true
    })
  })
})

describe('a registration whose answer is lost', () => {
  const stage = useStage()

  const faults: Readonly<Record<string, FaultInput>> = {
    'a lost answer': { kind: 'drop', when: 'after' },
    'a lost request': { kind: 'drop', when: 'before' },
    'a cut-off answer': { kind: 'truncated' },
    'an answer that is too short': { kind: 'truncated', framing: 'intact' },
    'a failure after the write': { kind: 'answer', status: 500, when: 'after' },
    "a gateway's page": { kind: 'html' },
    'a page that says 200': { kind: 'html', status: 200 },
    'a 503 that asks to come back': { kind: 'answer', status: 503, retryAfter: 1 },
    'an answer without a secret': { kind: 'rewrite', remove: ['client_secret'] },
    'a secret that is none': { kind: 'rewrite', set: { client_secret: ' \u001b[2J' } },
    'an empty answer': { kind: 'answer', status: 204 },
  }
  for (const [what, fault] of Object.entries(faults)) {
    it(`is not sent again after ${what}`, async () => {
      stage.emulator.faults.add({ ...fault, operation: 'application' })
      await assert.rejects(stage.door.create(byJson), (error: Error & Record<string, unknown>) => {
        // What Pulumi's dynamic provider host looks for in order to keep the resource.
        assert.equal(error.id, 'lost:Portal do Cidadão')
        assert.deepEqual(error.properties, { ...byJson, lost: true })
        const [reason] = error.reasons as string[]
        assert.match(
          String(reason),
          /Whether "Portal do Cidadão" was registered at vidaas is not known/,
        )
        assert.match(String(reason), /If it is not there: .*pulumi state delete/)
        assert.match(String(reason), /If it is there: .*declare a PscClient/)
        assert.doesNotMatch(String(reason), /\u001b/)
        return true
      })
      assert.equal(stage.emulator.requests.list().length, 1)
    })
  }

  it('is not sent again by the next run, which says how to go on at preview and at apply', async () => {
    const lost = { ...byJson, lost: true }
    const message = /an earlier run got no answer to its registration.*Look for an application/
    await assert.rejects(stage.door.diff('lost:Portal', lost, byJson), { message })
    await assert.rejects(stage.door.update('lost:Portal', lost, byJson), { message })
    assert.deepEqual(stage.emulator.requests.list(), [])
  })

  it('says so when it leaves the stack', async () => {
    await stage.door.delete('lost:Portal', { ...byJson, lost: true })
    assert.match(stage.said(), /not known whether it took place, leaves this stack/)
  })
})
