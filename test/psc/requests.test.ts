import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PscProfile } from '../../provider/psc/profiles/profile.ts'
import { writeDocument } from '../../provider/psc/requests/client-maintenance.ts'
import type { ClientDocument } from '../../provider/rules/client-fields.ts'
import { client, connectTo, credentials, neoid, serproid, tokenAnswer } from './support/psc.ts'

async function tokenRequest(profile: PscProfile, from = credentials) {
  const { psc, asked } = connectTo(profile, tokenAnswer())
  await psc.token(from)
  const [request] = asked
  assert.ok(request)
  return request
}

function maintenanceRequest(profile: PscProfile, document: ClientDocument) {
  const authorization = { accessToken: 'not-a-secret-token', clientSecret: 'x' }
  return writeDocument(profile, document, authorization).request
}

describe('the request for an application token', () => {
  it('The token request goes to the documented address of each PSC', async () => {
    assert.equal(
      (await tokenRequest(serproid)).url,
      'https://serproid.serpro.gov.br/oauth/v0/oauth/client_token',
    )
    assert.equal(
      (await tokenRequest(neoid)).url,
      'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth/client_token',
    )
  })

  it('The token request is the documented POST, word for word', async () => {
    const { method, headers, body } = await tokenRequest(serproid)
    assert.equal(method, 'POST')
    assert.deepEqual(headers, { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal(
      body,
      'grant_type=client_credentials&client_id=64e587fa-4f30-487d-96f0-44e6b14ff620&client_secret=not-a-secret-portal',
    )
  })

  it('The token request encodes the special characters of a form', async () => {
    const clientSecret = 'a&b=c+d e%f/ç;\n"'
    const { body } = await tokenRequest(serproid, { clientId: 'a&client_secret=x', clientSecret })
    assert.equal(
      body,
      'grant_type=client_credentials&client_id=a%26client_secret%3Dx&client_secret=a%26b%3Dc%2Bd+e%25f%2F%C3%A7%3B%0A%22',
    )
  })

  it('The token request may be retried', async () => {
    assert.notEqual((await tokenRequest(serproid)).repeatable, false)
  })
})

describe('the maintenance request', () => {
  const request = maintenanceRequest(neoid, client)

  it('The maintenance request goes to the documented address of each PSC', () => {
    assert.equal(
      request.url,
      'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth/client_maintenance',
    )
    assert.equal(
      maintenanceRequest(serproid, client).url,
      'https://serproid.serpro.gov.br/oauth/v0/oauth/client_maintenance',
    )
  })

  it('The maintenance request is the documented PUT, with the token in its header', () => {
    assert.equal(request.method, 'PUT')
    assert.deepEqual(request.headers, {
      'content-type': 'application/json',
      authorization: 'Bearer not-a-secret-token',
    })
  })

  it('The maintenance request has the five documented fields and nothing else', () => {
    assert.deepEqual(JSON.parse(request.body), {
      client_id: '64e587fa-4f30-487d-96f0-44e6b14ff620',
      name: 'Nome da Aplicação',
      comments: 'Descrição da Aplicação',
      redirect_uris: [
        'https://www.aplicacao-exemplo.com/callback/certificado_nuvem',
        'https://www.aplicacao-exemplo.com/outro-callback',
      ],
      email: 'suporte@aplicacao-exemplo.com',
    })
  })

  it('The maintenance request takes no other field of its input', () => {
    const more = { ...client, clientSecret: 'not-a-secret-portal', psc: 'neoid', debug: true }
    assert.equal(maintenanceRequest(neoid, more).body, request.body)
  })
})
