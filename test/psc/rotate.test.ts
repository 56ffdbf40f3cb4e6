import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HttpResponse } from '../../provider/http/message.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { answer, client, connectTo, credentials, tokenAnswer } from './support/psc.ts'

const birdid = resolveProfile('birdid')

const wrongSecret = answer(401, { error: 'invalid_client' })

/** The secret that is declared is not in force yet. */
function rotate(...answers: readonly HttpResponse[]) {
  const { psc, asked } = connectTo(birdid, wrongSecret, ...answers)
  return { done: psc.rotate(credentials, client, () => 'not-a-secret-previous'), asked }
}

describe('a rotation', () => {
  const refusals = {
    MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO: [
      answer(401, { code: 'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO', msg: '' }),
    ],
    invalid_token: [
      answer(401, { error: 'invalid_token' }),
      tokenAnswer({ access_token: 'not-a-secret-second' }),
      answer(401, { error: 'invalid_token' }),
    ],
  }
  for (const [code, answers] of Object.entries(refusals)) {
    it(`A rotation whose write is refused with ${code} does not blame the previous secret`, async () => {
      const { done } = rotate(tokenAnswer(), ...answers, wrongSecret)
      await assert.rejects(done, (error: Error) => {
        assert.match(error.message, new RegExp(`\\[PUT\\] .* 401 ${code}`))
        assert.doesNotMatch(error.message, /previousClientSecret/)
        return true
      })
    })
  }

  it('A rotation blames both secrets if neither gets a token', async () => {
    const { done, asked } = rotate(wrongSecret, wrongSecret)
    await assert.rejects(done, { message: /refuses previousClientSecret as well/ })
    assert.deepEqual(new Set(asked.map(({ method }) => method)), new Set(['POST']))
  })

  it('A new secret that the PSC accepts and then refuses is reported as a write that may have taken effect', async () => {
    const { done } = rotate(tokenAnswer(), answer(200, {}), wrongSecret)
    await assert.rejects(done, {
      name: 'LostAnswerError',
      message: /accepted a new secret and then refused it: .* 401 invalid_client/,
    })
  })
})
