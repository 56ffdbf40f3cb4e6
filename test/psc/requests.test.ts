import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientMaintenanceRequest } from '../../provider/psc/requests/client-maintenance.ts'
import { clientTokenRequest } from '../../provider/psc/requests/client-token.ts'
import { client, credentials, neoid, serproid } from './support/psc.ts'

describe('the request for an application token', () => {
  it('goes to the documented address of each PSC', () => {
    assert.equal(
      clientTokenRequest(serproid, credentials).url,
      'https://serproid.serpro.gov.br/oauth/v0/oauth/client_token',
    )
    assert.equal(
      clientTokenRequest(neoid, credentials).url,
      'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth/client_token',
    )
  })

  it('is the documented POST, word for word', () => {
    const { method, headers, body } = clientTokenRequest(serproid, credentials)
    assert.equal(method, 'POST')
    assert.deepEqual(headers, { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal(
      body,
      'grant_type=client_credentials&client_id=64e587fa-4f30-487d-96f0-44e6b14ff620&client_secret=not-a-secret-portal',
    )
  })

  it('encodes what a form would take apart', () => {
    const clientSecret = 'a&b=c+d e%f/ç;\n"'
    const { body } = clientTokenRequest(serproid, { clientId: 'a&client_secret=x', clientSecret })
    assert.equal(
      body,
      'grant_type=client_credentials&client_id=a%26client_secret%3Dx&client_secret=a%26b%3Dc%2Bd+e%25f%2F%C3%A7%3B%0A%22',
    )
  })

  it('may be repeated', () => {
    assert.notEqual(clientTokenRequest(serproid, credentials).repeatable, false)
  })
})

describe('the maintenance request', () => {
  const request = clientMaintenanceRequest(neoid, client, 'not-a-secret-token')

  it('goes to the documented address of each PSC', () => {
    assert.equal(
      request.url,
      'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth/client_maintenance',
    )
    assert.equal(
      clientMaintenanceRequest(serproid, client, 'x').url,
      'https://serproid.serpro.gov.br/oauth/v0/oauth/client_maintenance',
    )
  })

  it('is the documented PUT, with the token in its header', () => {
    assert.equal(request.method, 'PUT')
    assert.deepEqual(request.headers, {
      'content-type': 'application/json',
      authorization: 'Bearer not-a-secret-token',
    })
  })

  it('has the five documented fields and nothing else', () => {
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

  it('takes no other field from what it is given', () => {
    const more = { ...client, clientSecret: 'not-a-secret-portal', psc: 'neoid', debug: true }
    assert.equal(clientMaintenanceRequest(neoid, more, 'not-a-secret-token').body, request.body)
  })

  it('sends redirect URIs exactly as declared', () => {
    const redirectUris = ['https://A.exemplo.br:443/../b?x=%7e', 'https://a.exemplo.br']
    const { body } = clientMaintenanceRequest(neoid, { ...client, redirectUris }, 'x')
    assert.deepEqual((JSON.parse(body) as Record<string, unknown>).redirect_uris, redirectUris)
  })
})
