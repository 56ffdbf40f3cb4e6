import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { LostAnswerError, PscError } from '../../provider/errors.ts'
import type { HttpResponse } from '../../provider/http/message.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import type { MaintenanceAnswer } from '../../provider/psc/requests/client-maintenance.ts'
import { accessToken, assertClean, bodies, typesWith } from './support/hostile.ts'
import { answer, client, connectTo, credentials, echo, neoid, tokenAnswer } from './support/psc.ts'

const esc = '\u001b'

const { clientSecret } = credentials

function maintain(...answers: readonly HttpResponse[]): Promise<MaintenanceAnswer> {
  return connectTo(neoid, ...answers).psc.maintain(credentials, client)
}

/** The one error, whose every part can be printed as it is. */
async function errorOf(done: Promise<unknown>): Promise<PscError> {
  const thrown: unknown = await done.then(
    () => assert.fail('it was accepted'),
    (reason: unknown) => reason,
  )
  // After a write that the PSC accepted, the error says so and has what went wrong as its cause.
  const error = thrown instanceof LostAnswerError ? thrown.cause : thrown
  assert.ok(error instanceof PscError, inspect(error))
  assertClean(error.message)
  assertClean(error.pscCode ?? '')
  return error
}

describe('one clean error for a token answer of', () => {
  for (const [name, body] of Object.entries(bodies)) {
    it(`A token response of ${name} with status 200 is one clean error`, async () => {
      const error = await errorOf(maintain(answer(200, body)))
      assert.equal(error.code, 'ERR_PSC_UNEXPECTED_ANSWER')
    })
    it(`A token response of ${name} with status 401 is one clean error`, async () => {
      const error = await errorOf(maintain(answer(401, body)))
      assert.equal(error.status, 401)
      assert.equal(error.pscCode, undefined)
    })
  }

  const tokens: Readonly<Record<string, unknown>> = {
    'a line break': 'not-a-secret\r\nX-Injected: 1',
    'a line break at its end': 'not-a-secret-token\n',
    'a space': 'not a secret',
    'nothing in it': '',
    'a character outside ASCII': 'não',
    'a control character': `not-a-secret${esc}[2J`,
    '100,000 characters': 'x'.repeat(100_000),
  }
  for (const [name, token] of Object.entries(tokens)) {
    it(`A token with ${name} is one clean error`, async () => {
      const error = await errorOf(maintain(tokenAnswer({ access_token: token })))
      assert.equal(error.code, 'ERR_PSC_UNEXPECTED_ANSWER')
    })
  }

  for (const type of ['MAC', 'DPoP', '', null, ['Bearer'], 'Bearer\n', `${esc}Bearer`]) {
    it(`A token of the type ${JSON.stringify(type)} is one clean error`, async () => {
      const error = await errorOf(maintain(tokenAnswer({ token_type: type })))
      assert.equal(error.code, 'ERR_PSC_UNEXPECTED_ANSWER')
    })
  }
})

describe("a PSC's words", () => {
  const refuse = (code: unknown, msg: unknown) =>
    errorOf(maintain(tokenAnswer(), answer(412, { code, msg, debug: clientSecret })))

  it('The words of a PSC cannot act on a terminal', async () => {
    const { message } = await refuse(
      'URI_INVALIDA',
      `${esc}[2J${esc}]0;x\u0007URI\r\n\u202einválida\u009b31m`,
    )
    assert.match(message, /412 URI_INVALIDA \(URI inválida\)\. /)
  })

  it('The code of a PSC cannot act on a terminal', async () => {
    const error = await refuse(`${esc}[31mURI_INVALIDA${esc}[0m`, '')
    assert.equal(error.pscCode, 'URI_INVALIDA')
  })

  it('The words of a PSC cannot look like another line of the log', async () => {
    const { message } = await refuse(
      'URI_INVALIDA',
      'x\nerror: tudo certo\u2028Resources: 1 created',
    )
    assert.equal(message.split(/[\n\r\u2028\u2029]/).length, 1)
  })

  it('The words of a PSC cannot repeat the secret or the token', async () => {
    const token = Buffer.from(accessToken).toString('base64')
    const { message } = await refuse('URI_INVALIDA', `${clientSecret} ${accessToken} ${token}`)
    assert.match(message, /412 URI_INVALIDA \(\[hidden: repeats a secret\]\)/)
  })

  it('The words of the token service cannot repeat the secret', async () => {
    await errorOf(maintain(answer(401, { code: clientSecret, msg: `${clientSecret}!` })))
  })

  it('The words of a PSC cannot fill the screen', async () => {
    await refuse('X'.repeat(500_000), 'y'.repeat(500_000))
  })

  it('The code of a PSC cannot select advice by the name of an inherited property', async () => {
    for (const code of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const { message } = await refuse(code, '')
      assert.match(message, new RegExp(`412 ${code}\\. No document describes this answer`))
    }
  })

  it('The content type of a PSC cannot repeat a secret', async () => {
    for (const type of [...typesWith(clientSecret), ...typesWith(accessToken)]) {
      for (const status of [200, 412]) {
        const page = answer(status, '<html>', type)
        const { message } = await errorOf(maintain(page))
        assert.match(message, /not JSON \(another content type\)/)
        assert.doesNotMatch(message, /not-a-sec/)
        if (status === 412) {
          const { message: put } = await errorOf(maintain(tokenAnswer(), page))
          assert.match(put, /not JSON \(another content type\)/)
          assert.doesNotMatch(put, /not-a-sec/)
        }
      }
    }
  })

  it('The content type of a PSC is not shown raw', async () => {
    const type = `text/${esc}[2Jhtml\u202e${'x'.repeat(5000)}`
    await errorOf(maintain(tokenAnswer(), answer(412, '<html>', type)))
  })
})

describe('an echo', () => {
  it('An echo with the data of another client is an error that keeps and shows none of it', async () => {
    const foreign = { ...echo, client_id: 'vizinho', name: 'Nome do Vizinho' }
    const error = await errorOf(maintain(tokenAnswer(), answer(200, foreign)))
    assert.equal(error.code, 'ERR_PSC_UNEXPECTED_ANSWER')
    assert.doesNotMatch(inspect(error, { depth: Infinity }), /vizinho/i)
  })

  for (const [name, body] of Object.entries(bodies)) {
    it(`An echo of ${name} is a difference, and nothing of it is kept`, async () => {
      const { registered, differences } = await maintain(tokenAnswer(), answer(200, body))
      assert.equal(registered, null)
      assert.equal(differences.length, 1)
      assertClean(String(differences[0]))
    })
  }

  it('Only the documented fields of an echo are kept', async () => {
    const body = JSON.stringify({ ...echo, client_secret: clientSecret }).replace(
      '{',
      '{"__proto__":{"polluted":true},',
    )
    const { registered } = await maintain(tokenAnswer(), answer(200, body))
    assert.deepEqual(registered, client)
    assert.equal(Object.getPrototypeOf(registered), Object.prototype)
    assert.equal('polluted' in {}, false)
  })

  it('An echoed URI that the PSC adds itself is not trusted to be harmless', async () => {
    const vidaas = resolveProfile({ extends: 'vidaas', echoes: true })
    const [own] = vidaas.ownUriSchemes
    const withOwn = (...uris: readonly string[]) =>
      connectTo(
        vidaas,
        tokenAnswer(),
        answer(200, { ...echo, redirect_uris: [...client.redirectUris, ...uris] }),
      ).psc.maintain(credentials, client)
    assert.deepEqual((await withOwn(`${String(own)}://vidaas`)).differences, [])
    for (const text of [`${esc}[2J`, clientSecret, 'x'.repeat(1000)]) {
      const { registered, differences } = await withOwn(`${String(own)}://${text}`)
      assert.equal(differences.length, 1)
      assert.doesNotMatch(JSON.stringify(registered), /not-a-secret|\\u001b|x{400}/)
    }
    const many = Array.from({ length: 10_000 }, (_, i) => `${String(own)}://${i}`)
    const { registered, differences } = await withOwn(...many)
    assert.match(
      differences.join(),
      /^redirectUris: registered but not declared: .* and 9990 more$/,
    )
    assert.ok(JSON.stringify(registered).length < 50_000)
  })

  it('A different echo is kept and shown without control characters and secrets', async () => {
    const { registered, differences } = await maintain(
      tokenAnswer(),
      answer(200, {
        ...echo,
        name: `${esc}[2J${accessToken}`,
        comments: clientSecret,
        email: 'x'.repeat(100_000),
        redirect_uris: [
          `https://a/${esc}]0;x\u0007`,
          ...Array.from({ length: 10_000 }, (_, i) => `https://b/${i}`),
        ],
      }),
    )
    for (const text of differences) assertClean(text)
    const kept = JSON.stringify(registered)
    assert.doesNotMatch(kept, /not-a-secret|\\u001b/)
    assert.ok(kept.length < 50_000, `${kept.length} characters kept`)
  })
})
