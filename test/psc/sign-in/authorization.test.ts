import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { begin, noon, redirectUri, request } from './support.ts'

test('The authorize URL has the seven parameters and no other', async () => {
  const { authorizeUrl, state, codeVerifier } = await begin('https://psc.exemplo.br')
  const url = new URL(authorizeUrl)
  assert.equal(url.origin + url.pathname, 'https://psc.exemplo.br/psc/v0/oauth/authorize')
  assert.deepEqual(
    [...url.searchParams],
    [
      ['response_type', 'code'],
      ['client_id', request.clientId],
      ['redirect_uri', redirectUri],
      ['scope', 'single_signature'],
      ['state', state],
      // RFC 7636, section 4.2: BASE64URL(SHA256(ASCII(code_verifier)))
      ['code_challenge', createHash('sha256').update(codeVerifier, 'ascii').digest('base64url')],
      ['code_challenge_method', 'S256'],
    ],
  )
})

test('The authorize URL has the redirect URI character for character', async () => {
  const odd = 'https://portal.exemplo.gov.br/çallback?x=a%20b+c&y=%C3%A7'
  const { authorizeUrl } = await begin('https://psc.exemplo.br', { redirectUri: odd })
  assert.equal(new URL(authorizeUrl).searchParams.get('redirect_uri'), odd)
})

test('Every sign-in has its own state and verifier, as RFC 7636 wants them', async () => {
  const [one, other] = await Promise.all([begin('https://a.br'), begin('https://a.br')])
  assert.notEqual(one.state, other.state)
  assert.notEqual(one.codeVerifier, other.codeVerifier)
  assert.match(one.codeVerifier, /^[\w.~-]{43,128}$/)
  assert.equal(one.beganAt, noon)
})

test('The authorize URL does not have the verifier', async () => {
  const { authorizeUrl, codeVerifier } = await begin('https://psc.exemplo.br')
  assert.ok(!authorizeUrl.includes(codeVerifier))
})
