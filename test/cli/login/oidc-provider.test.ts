import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { closeConnections } from '../../../provider/http/connections.ts'
import { type OidcProvider, startOidcProvider } from '../../support/oidc-provider.ts'
import { useLogin } from './fixture.ts'

const redirectUri = 'https://portal.exemplo.gov.br/callback'

/** Follows the pages of oidc-provider's own sign-in as a browser would, and answers the address that it ends on. */
async function browse(address: string, { abort = false } = {}): Promise<string> {
  const cookies = new Map<string, string>()
  let request: { url: string; body?: URLSearchParams } = { url: address }
  for (let page = 0; page < 20; page += 1) {
    if (request.url.startsWith(redirectUri)) return request.url
    const { url, body } = request
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      ...(body && { body }),
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const html = await response.text()
    request = location ? { url: new URL(location, url).href } : answerPage(url, html, abort)
  }
  return assert.fail('the sign-in does not end')
}

function answerPage(url: string, html: string, abort: boolean) {
  if (abort) return { url: new URL(/href="([^"]*\/abort)"/.exec(html)?.[1] ?? '', url).href }
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1] ?? assert.fail(html)
  const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? assert.fail(html)
  const body = new URLSearchParams({ prompt, login: 'maria', password: 'qualquer' })
  return { url: new URL(action, url).href, body }
}

describe('Login at oidc-provider, which others have written', () => {
  const fixture = useLogin()
  let server: OidcProvider
  before(async () => {
    server = await startOidcProvider({
      clients: [
        {
          client_id: 'portal',
          client_secret: 'not-a-secret-portal',
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [redirectUri],
        },
      ],
      scopes: ['authentication_session'],
    })
  })
  after(async () => {
    await closeConnections()
    server.close()
  })
  beforeEach(() => {
    fixture.declare(server.issuer)
  })

  it('Login completes a sign-in whose answer names the issuer, and reports what differs', async () => {
    let ended = ''
    const answer = async (url: string) => (ended = await browse(url))
    const { code, stdout } = await fixture.run({ answers: [answer], json: true })
    assert.ok(new URL(ended).searchParams.has('iss'), ended)
    const { scope, problems } = JSON.parse(stdout) as {
      scope: string
      problems: { code: string }[]
    }
    assert.equal(scope, 'authentication_session')
    // Only a PSC names the holder, and its lifetimes.
    assert.deepEqual(
      [...new Set(problems.map((problem) => problem.code))],
      ['ERR_PSC_GRANT_LIFETIME', 'ERR_PSC_GRANT_HOLDER'].toSorted(),
    )
    assert.equal(code, 1)
  })

  it('Login reports the refusal of a person, whose answer names the issuer too', async () => {
    let ended = ''
    const answer = async (url: string) => (ended = await browse(url, { abort: true }))
    const { code, stderr } = await fixture.run({ answers: [answer] })
    assert.ok(new URL(ended).searchParams.has('iss'), ended)
    assert.match(stderr, /access_denied .*Begin again.*\[access_denied\]/)
    assert.equal(code, 1)
  })

  it('Login reports a wrong secret as this server puts it', async () => {
    process.env.PSC_TEST_PORTAL = 'not-a-secret-wrong'
    const { code, stderr } = await fixture.run({ answers: [(url) => browse(url)] })
    assert.match(stderr, /401 invalid_client .*what clientSecret refers to.*\[invalid_client\]/)
    assert.equal(code, 1)
  })
})
