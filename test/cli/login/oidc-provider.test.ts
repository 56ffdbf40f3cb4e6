import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { closeConnections } from '../../../provider/http/connections.ts'
import { browse } from '../../support/browse.ts'
import { type OidcProvider, startOidcProvider } from '../../support/oidc-provider.ts'
import { useLogin } from './fixture.ts'

const redirectUri = 'https://portal.exemplo.gov.br/callback'

const signInPage = () => ({ login: 'maria', password: 'qualquer' })

const abort = (html: string) => /href="([^"]*\/abort)"/.exec(html)?.[1] ?? assert.fail(html)

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
    const answer = async (url: string) => (ended = await browse(url, redirectUri, signInPage))
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
    const answer = async (url: string) => (ended = await browse(url, redirectUri, abort))
    const { code, stderr } = await fixture.run({ answers: [answer] })
    assert.ok(new URL(ended).searchParams.has('iss'), ended)
    assert.match(stderr, /access_denied .*Begin again.*\[access_denied\]/)
    assert.equal(code, 1)
  })

  it('Login reports a wrong secret as this server puts it', async () => {
    process.env.PSC_TEST_PORTAL = 'not-a-secret-wrong'
    const { code, stderr } = await fixture.run({
      answers: [(url) => browse(url, redirectUri, signInPage)],
    })
    assert.match(stderr, /401 invalid_client .*what clientSecret refers to.*\[invalid_client\]/)
    assert.equal(code, 1)
  })
})
