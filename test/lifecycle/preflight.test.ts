import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createContext } from '../../provider/lifecycle/context.ts'
import { prove } from '../../provider/lifecycle/preflight.ts'
import type { TokenIssuer } from '../../provider/psc/tokens/issuer.ts'
import { PscError } from '../../provider/psc/answers/psc-error.ts'
import { ManualClock } from '../http/support/clock.ts'

/** Proves two clients at an issuer that fails the first of them. */
async function proveAfter(t: TestContext, failure: PscError) {
  t.mock.method(console, 'warn', () => undefined)
  const asked: string[] = []
  const issuer: TokenIssuer = {
    name: 'neoid',
    tokenUrl: 'https://psc.exemplo/client_token',
    tokenHasSideEffects: false,
    obtain({ clientId }) {
      asked.push(clientId)
      if (clientId === 'first') return Promise.reject(failure)
      return Promise.resolve({ accessToken: 'x', tokenType: 'Bearer', expiresIn: 60 })
    },
  }
  const context = createContext(() => undefined, new ManualClock())
  const proven: boolean[] = []
  for (const clientId of ['first', 'second']) {
    proven.push(await prove(context, { clientId, clientSecret: 'not-a-secret' }, issuer))
  }
  return { asked, proven }
}

describe('a client after one that was not proven', () => {
  it('is not made to wait for a PSC that does not answer', async (t) => {
    const silent = new PscError('ERR_PSC_UNAVAILABLE', 'the connection failed.')
    assert.deepEqual(await proveAfter(t, silent), { asked: ['first'], proven: [false, false] })
  })

  it('is proven where the PSC has answered, if only with a failure', async (t) => {
    const answered = new PscError('ERR_PSC_UNAVAILABLE', '500 FALHA.', { status: 500 })
    const both = ['first', 'second']
    assert.deepEqual(await proveAfter(t, answered), { asked: both, proven: [false, true] })
  })

  it('is left to its apply where the PSC has said that it serves nobody', async (t) => {
    const down = new PscError('ERR_PSC_UNAVAILABLE', '503 FORA_DO_AR.', { status: 503 })
    assert.deepEqual(await proveAfter(t, down), { asked: ['first'], proven: [false, false] })
  })
})

it('clients that wait for a PSC at the same time share one warning', async (t) => {
  const said: string[] = []
  t.mock.method(console, 'warn', (line: string) => said.push(line))
  const issuer: TokenIssuer = {
    name: 'neoid',
    tokenUrl: 'https://psc.exemplo/client_token',
    tokenHasSideEffects: false,
    obtain: ({ clientId }) =>
      Promise.reject(new PscError('ERR_PSC_UNAVAILABLE', `no answer for ${clientId}.`)),
  }
  const context = createContext(() => undefined, new ManualClock())
  const clients = ['um', 'dois'].map((clientId) => ({ clientId, clientSecret: 'not-a-secret' }))
  await Promise.all(clients.map((client) => prove(context, client, issuer)))
  assert.deepEqual(said, ['warning: neoid could not prove its clients: no answer for um.'])
})
