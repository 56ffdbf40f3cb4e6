import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { compactVerify, decodeProtectedHeader, importX509 } from 'jose'
import { openProvider } from '../support/fixture.ts'
import { application, byJson, certificate, keyPem, signed, useRegistrations } from './support.ts'

describe('a registration', () => {
  const fixture = useRegistrations()
  const sent = () => fixture.emulator.requests.list().map(({ method, path }) => `${method} ${path}`)

  it('A registration sends four fields once and returns the id and the secret', async () => {
    const { id, outs } = await fixture.register(byJson)
    assert.deepEqual(sent(), ['POST /vidaas/v0/oauth/application'])
    const [request] = fixture.emulator.requests.list()
    assert.equal(request?.headers['content-type'], 'application/json')
    assert.deepEqual(request.body, {
      name: application.name,
      comments: application.comments,
      redirect_uris: application.redirectUris,
      email: application.email,
    })
    const [client] = fixture.emulator.clients('vidaas')
    assert.equal(id, 'vidaas:Portal do Cidadão')
    assert.equal(outs?.clientId, client?.clientId)
    assert.deepEqual(Object.keys(outs ?? {}).sort(), [
      'clientId',
      'clientSecret',
      'comments',
      'email',
      'name',
      'psc',
      'redirectUris',
    ])
  })

  for (const psc of ['standard', 'vidaas', 'birdid', 'vaultid', 'neoid', 'serproid']) {
    it(`A registration at ${psc} feeds a client that is maintained`, async () => {
      const registration = psc === 'standard' ? { registration: 'application' } : {}
      const baseUrl = fixture.emulator.baseUrls[psc as 'vidaas']
      const at = { extends: psc, baseUrl, ...registration }
      const isSigned = psc.startsWith('neo') || psc.startsWith('serpro')
      const { outs } = await fixture.register({ ...(isSigned ? signed : byJson), psc: at })
      const clients = await openProvider('PscClient', fixture.config)
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
      await clients.create(client)
      assert.equal(fixture.emulator.registered(psc as 'vidaas', clientId)?.name, name)
    })
  }

  for (const body of [
    { status: 'error', message: 'Nome já cadastrado' },
    { status: 'ERROR', message: 'Nome já cadastrado', client_id: null, client_secret: '' },
    { error: 'invalid_client_metadata', error_description: 'Nome já cadastrado' },
  ]) {
    it(`A 200 with ${JSON.stringify(body)} is a refusal with the words of the PSC`, async () => {
      fixture.emulator.faults.add({ kind: 'answer', status: 200, body, operation: 'application' })
      await assert.rejects(fixture.register(byJson), {
        code: 'ERR_PSC_REGISTRATION_FAILED',
        message: /Nome já cadastrado.*Nothing was registered/,
      })
    })
  }

  it('A 200 with status error and a client id is no definite refusal', async () => {
    const body = { status: 'error', message: 'x', client_id: 'novo' }
    fixture.emulator.faults.add({ kind: 'answer', status: 200, body, operation: 'application' })
    await assert.rejects(fixture.register(byJson), { message: /It is unknown whether/ })
  })

  it('A signed registration is a JWS that another library verifies', async () => {
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
      await fixture.register({ ...signed, psc: { name: 'outro', extends: 'serproid', baseUrl } })
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

  it('A registration stores nothing of the private key and of the certificate', async () => {
    const { outs } = await fixture.register(signed)
    assert.doesNotMatch(JSON.stringify(outs), /PRIVATE|BEGIN|PSC_TEST_KEY/)
    const line = keyPem.split('\n')[3] ?? ''
    assert.ok(!JSON.stringify([outs, ...fixture.warnings]).includes(line.slice(0, 20)))
  })

  for (const [what, fail, message] of [
    [
      'that the PSC refuses',
      () => fixture.register(signed),
      /412 APLICACAO_OAUTH_NOME_JA_CADASTRADO/,
    ],
    ['that never reaches the PSC', () => fixture.emulator.close(), /ECONNREFUSED/],
  ] as const) {
    it(`A registration ${what} is stored as one that did not take place`, async () => {
      await fail()
      const created = fixture.register({ ...signed, __provider: 'code' })
      await assert.rejects(created, (error: Error & Record<string, unknown>) => {
        assert.match(error.message, message)
        assert.match(error.message, /Nothing was registered\..* set attempt: 2/)
        const { failed, attempt, __provider } = error.properties as Record<string, unknown>
        // Without its provider the engine could neither refresh nor destroy what it keeps.
        assert.deepEqual([failed, attempt, __provider], ['refused', 1, 'code'])
        return true
      })
    })
  }
})
