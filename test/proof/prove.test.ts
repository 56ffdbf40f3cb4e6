import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createContext } from '../../provider/engine/context.ts'
import { PscError } from '../../provider/errors.ts'
import { prove } from '../../provider/proof/prove.ts'
import type { TokenIssuer } from '../../provider/psc/issuers.ts'
import { ManualClock } from '../http/support/clock.ts'

const secret = 'not-a-secret'

/** An issuer that fails some of its clients, a context, and what both came to. */
function setUp(t: TestContext, failures: Readonly<Record<string, PscError>>) {
  const said: string[] = []
  t.mock.method(console, 'warn', (line: string) => said.push(line))
  const asked: string[] = []
  const issuer: TokenIssuer = {
    name: 'neoid',
    tokenUrl: 'https://psc.exemplo/client_token',
    clientAuthentication: 'body' as const,
    tokenHasSideEffects: false,
    obtain({ clientId }) {
      asked.push(clientId)
      const failure = failures[clientId]
      if (failure) return Promise.reject(failure)
      return Promise.resolve({ accessToken: 'x', tokenType: 'Bearer', expiresIn: 60 })
    },
  }
  const context = createContext(() => undefined, new ManualClock())
  const proveOne = (clientId: string) => prove(context, { clientId, clientSecret: secret }, issuer)
  return { said, asked, proveOne }
}

const silent = new PscError('ERR_PSC_UNAVAILABLE', 'the connection failed.')

const down = new PscError('ERR_PSC_UNAVAILABLE', '503 FORA_DO_AR.', { status: 503 })

describe('a client after others that were not proven', () => {
  it('A client does not wait for a PSC that is unavailable', async (t) => {
    const { said, asked, proveOne } = setUp(t, { um: silent })
    assert.deepEqual([await proveOne('um'), await proveOne('dois')], [false, false])
    assert.deepEqual(asked, ['um'])
    assert.equal(said.length, 1)
    assert.match(
      said[0] ?? '',
      /neoid .* remaining clients: the connection failed\. \[WARN_PSC_UNAVAILABLE\]$/,
    )
  })

  it('A client is verified after the PSC has postponed another one', async (t) => {
    const { said, proveOne } = setUp(t, { um: down })
    assert.deepEqual([await proveOne('um'), await proveOne('dois')], [false, true])
    assert.equal(said.length, 1)
    assert.match(said[0] ?? '', /neoid .* of um: 503 FORA_DO_AR\. \[WARN_PSC_UNAVAILABLE\]$/)
  })

  it('A client is left to its up after the PSC has postponed three in a row', async (t) => {
    const { said, asked, proveOne } = setUp(t, { um: down, dois: down, tres: down })
    for (const clientId of ['um', 'dois', 'quatro', 'um', 'dois']) await proveOne(clientId)
    assert.equal(await proveOne('cinco'), true)
    for (const clientId of ['um', 'dois', 'tres']) await proveOne(clientId)
    const before = asked.length
    assert.equal(await proveOne('seis'), false)
    assert.equal(asked.length, before)
    assert.match(
      said.at(-1) ?? '',
      /neoid .* remaining clients: 503 FORA_DO_AR\. \[WARN_PSC_UNAVAILABLE\]$/,
    )
  })

  it('Clients that wait for a PSC at the same time share one warning', async (t) => {
    const { said, proveOne } = setUp(t, {
      um: silent,
      dois: new PscError('ERR_PSC_UNAVAILABLE', 'it failed again.'),
    })
    await Promise.all([proveOne('um'), proveOne('dois')])
    assert.equal(said.length, 1)
  })
})
