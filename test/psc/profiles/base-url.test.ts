import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resolveIssuer } from '../../../provider/psc/issuers.ts'
import { checkBaseUrl, resolveProfile } from '../../../provider/psc/profiles/profile.ts'

const base = 'https://psc.exemplo.gov.br/v0/oauth'

describe('a base URL', () => {
  for (const service of [
    '/client_token',
    '/client_token/',
    '/authorize',
    '/token',
    '/client_maintenance',
    '/application',
    '/application_cert',
    '/.well-known',
    '/.well-known/openid-configuration',
    '/Client_Token',
  ]) {
    it(`A base URL that ends in ${service} is refused with the right one`, () => {
      assert.throws(() => checkBaseUrl(base + service, 'neoid'), {
        code: 'ERR_PSC_PROFILE',
        message: new RegExp(`Give ${base}\\. `),
      })
    })
  }

  for (const sign of ['#', '?', '?x', '#x', '/?', '?#']) {
    it(`A base URL that ends in "${sign}" is refused, because it sends a secret to another path`, () => {
      assert.throws(() => checkBaseUrl(base + sign, 'neoid'), {
        code: 'ERR_PSC_PROFILE',
        message: /query or a fragment/,
      })
    })
  }

  it('A base URL with the word of a template as its host is refused', () => {
    assert.throws(() => checkBaseUrl('https://CHANGE_ME/psc/v0/oauth', 'neoid'), {
      code: 'ERR_PSC_PROFILE',
      message: /placeholder/,
    })
  })

  for (const path of ['', '/', '/tokens', '/my-token', '/applications']) {
    it(`A base URL that ends in "${path}" is accepted`, () => {
      assert.equal(checkBaseUrl(base + path, 'neoid'), base + (path === '/' ? '' : path))
    })
  }

  for (const path of ['/realms/motor-rce', '/realms', '/.well-known/openid-configuration']) {
    it(`An authBaseUrl that ends in ${path} is refused with the right one`, () => {
      const auth = 'https://auth.exemplo.gov.br'
      assert.throws(() => resolveIssuer('motor-rce', auth + path, resolveProfile), {
        code: 'ERR_PSC_ISSUER',
        message: new RegExp(`Give only ${auth}\\. `),
      })
    })
  }
})
