import assert from 'node:assert/strict'
import { it } from 'node:test'
import { CallbackError, PscError } from '../../provider/errors.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { beginSignIn, type SignIn } from '../../provider/psc/sign-in/authorization.ts'
import { exchangeCode, readCallback } from '../../provider/psc/sign-in/index.ts'
import { transport } from '../psc/sign-in/support.ts'
import { browse, type Fill } from '../support/browse.ts'
import type { Keycloak } from './keycloak.ts'

const redirectUri = 'https://agenda.exemplo.gov.br/callback'

const scope = 'authentication_session'

const signInPage = () => ({ username: 'maria', password: 'not-a-secret-maria' })

/** Tests sign-ins at a Keycloak that another file has started. */
export function testSignIn(open: () => Keycloak): void {
  /** Begins a sign-in, walks through its pages, and reads the address that it ends on. */
  async function walk(fill: Fill): Promise<{ signIn: SignIn; address: string }> {
    const baseUrl = `${open().url}/realms/motor-rce/protocol/openid-connect`
    const profile = resolveProfile({ extends: 'standard', name: 'keycloak', baseUrl })
    const request = { clientId: 'agenda', redirectUri, scope } as const
    const begun = await beginSignIn(profile, request, Date.now())
    // Keycloak's own name of the service.
    const authorizeUrl = begun.authorizeUrl.replace('/authorize?', '/auth?')
    const signIn = { ...begun, authorizeUrl }
    return { signIn, address: await browse(authorizeUrl, redirectUri, fill) }
  }
  const exchange = (signIn: SignIn, address: string, secret: string) =>
    exchangeCode(
      signIn,
      { clientSecret: secret },
      readCallback(signIn, address),
      transport(),
      Date.now(),
    )

  it('A sign-in at a real Keycloak, whose answer names the issuer, gives a grant', async () => {
    await open().addScope('agenda', scope)
    const { signIn, address } = await walk(signInPage)
    assert.ok(new URL(address).searchParams.has('iss'), address)
    const grant = await exchange(signIn, address, 'not-a-secret-portal')
    assert.ok(String(grant.scope).split(' ').includes(scope), String(grant.scope))
  })

  it('A wrong secret at the end of a sign-in at a real Keycloak is explained', async () => {
    const { signIn, address } = await walk(signInPage)
    await assert.rejects(exchange(signIn, address, 'not-a-secret-wrong'), (error: unknown) => {
      assert.ok(error instanceof PscError)
      assert.match(
        error.message,
        /401 (unauthorized_client|invalid_client) .*clientSecret refers to/,
      )
      return true
    })
  })

  it('A person who refuses at a real Keycloak is reported as such, not as a wrong issuer', async () => {
    await open().change('agenda', { consentRequired: true })
    const isConsent = (html: string) => html.includes('name="cancel"')
    const refuse: Fill = (html) =>
      isConsent(html) && html.includes('/consent') ? { cancel: 'No' } : signInPage()
    const { signIn, address } = await walk(refuse)
    assert.ok(new URL(address).searchParams.has('iss'), address)
    assert.throws(
      () => readCallback(signIn, address),
      (error: unknown) => {
        assert.ok(error instanceof CallbackError)
        assert.equal(error.pscCode, 'access_denied')
        return true
      },
    )
  })
}
