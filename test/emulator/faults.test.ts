import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { FaultScriptError } from '../../emulator/index.ts'
import type { Emulator, FaultInput } from '../../emulator/index.ts'
import { agenda, ask, field, maintain, obtainToken, portal, postForm } from './support.ts'
import { tokenFields, withEmulator } from './support.ts'
import type { Credential, Seen } from './support.ts'

const getToken = ({ baseUrls }: Emulator, credential: Credential = portal): Promise<Seen> =>
  postForm(`${baseUrls.neoid}/client_token`, tokenFields(credential))

/** A connection that Node's own client sees end, by its code. */
async function brokenBy(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt
    return undefined
  } catch (error) {
    return field(field(error, 'cause'), 'code')
  }
}

describe('a fault', () => {
  test('The fault "answer" replaces status, headers and body', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add(
        { kind: 'answer', status: 503, retryAfter: 3 },
        {
          kind: 'answer',
          status: 429,
          retryAfter: 'Thu, 15 Jan 2026 12:00:00 GMT',
          body: 'devagar',
        },
        { kind: 'answer', status: 200, body: { deep: [[[]]] }, headers: { 'X-Odd': 'yes' } },
        { kind: 'answer', status: 200, body: '{"access', contentType: 'application/json' },
        { kind: 'answer', status: 204, body: 'left out' },
      )
      const seen = []
      for (let index = 0; index < 6; index++) seen.push(await getToken(emulator))
      const [unavailable, slow, odd, cut, empty, good] = seen
      assert.deepEqual(
        seen.map(({ status }) => status),
        [503, 429, 200, 200, 204, 200],
      )
      assert.equal(unavailable?.headers.get('retry-after'), '3')
      assert.equal(slow?.headers.get('retry-after'), 'Thu, 15 Jan 2026 12:00:00 GMT')
      assert.equal(slow.text, 'devagar')
      assert.deepEqual(odd?.body, { deep: [[[]]] })
      assert.equal(odd.headers.get('x-odd'), 'yes')
      assert.equal(cut?.headers.get('content-type'), 'application/json')
      assert.equal(cut.text, '{"access')
      assert.equal(empty?.text, '')
      assert.equal(field(good?.body, 'token_type'), 'Bearer')
    }))

  test('The fault "error" answers with the documented status and text', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add(
        { kind: 'error', code: 'FALHA_TOKEN_MANUTENCAO_APLICACAO' },
        { kind: 'error', code: 'CONTATO_EMAIL_INVALIDO', detail: 'x' },
      )
      const first = await getToken(emulator)
      assert.deepEqual(
        [first.status, first.body],
        [
          500,
          {
            code: 'FALHA_TOKEN_MANUTENCAO_APLICACAO',
            msg: 'Erro interno na obtenção do token de manutenção da aplicação.',
            debug: '',
          },
        ],
      )
      const second = await getToken(emulator)
      assert.deepEqual(
        [second.status, field(second.body, 'msg')],
        [412, 'E-mail informado inválido: x'],
      )
    }))

  test('The fault "error" with an unknown code never strikes', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'error', code: 'toString' })
      assert.equal((await getToken(emulator)).status, 200)
      assert.equal(emulator.faults.list().length, 1)
    }))

  for (const [when, revision] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    test(`Every fault ${when} a write leaves the client at revision ${revision}`, () =>
      withEmulator(async ({ baseUrls, faults, registered }) => {
        const token = await obtainToken(baseUrls.neoid)
        const put = (): Promise<Seen> => maintain(baseUrls.neoid, token, { client_id: 'portal' })
        let expected = 0
        const step = (): void => {
          expected += revision
          assert.equal(registered('neoid', 'portal')?.revision, expected)
        }
        faults.add({ kind: 'drop', when })
        assert.equal(await brokenBy(put()), 'UND_ERR_SOCKET')
        step()
        faults.add({ kind: 'drop', when, reset: true })
        assert.equal(await brokenBy(put()), 'ECONNRESET')
        step()
        faults.add({ kind: 'raw', when, text: '' })
        assert.equal(await brokenBy(put()), 'UND_ERR_SOCKET')
        step()
        for (const fault of [
          { kind: 'answer', status: 503 },
          { kind: 'error', code: 'FALHA_MANUTENCAO_APLICACAO' },
          { kind: 'html' },
          { kind: 'array' },
          { kind: 'redirect', location: 'https://outro.exemplo.com/' },
        ] satisfies FaultInput[]) {
          faults.add({ ...fault, when })
          assert.notEqual((await put()).status, 200)
          step()
        }
      }))
  }

  test('The fault "raw" sends its text and closes the connection', () =>
    withEmulator(async (emulator) => {
      const text = 'HTTP/1.1 207 Outro\r\nContent-Length: 5\r\n\r\ntexto'
      emulator.faults.add({ kind: 'raw', text })
      const seen = await getToken(emulator)
      assert.deepEqual([seen.status, seen.text], [207, 'texto'])
    }))

  test('The fault "truncated" loses the connection or shortens the body', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add(
        { kind: 'truncated' },
        { kind: 'truncated', framing: 'intact' },
        { kind: 'truncated', framing: 'intact', bytes: 5 },
      )
      assert.equal(await brokenBy(getToken(emulator)), 'UND_ERR_SOCKET')
      const half = await getToken(emulator)
      assert.equal(half.status, 200)
      assert.equal(half.body, undefined)
      assert.match(half.text, /^\{"access_token":"/)
      assert.equal((await getToken(emulator)).text, '{"acc')
    }))

  test('The faults "html", "array" and "redirect" answer with a page, an array and a Location', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add(
        { kind: 'html', status: 504 },
        { kind: 'array' },
        { kind: 'redirect', status: 308, location: 'https://outro.exemplo.com/' },
      )
      const page = await getToken(emulator)
      assert.equal(page.status, 504)
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
      assert.match(page.text, /<h1>504 /)
      const array = await getToken(emulator)
      assert.equal(array.status, 415)
      assert.ok(Array.isArray(array.body))
      const redirect = await getToken(emulator)
      assert.equal(redirect.status, 308)
      assert.equal(redirect.headers.get('location'), 'https://outro.exemplo.com/')
    }))

  test('The fault "rewrite" changes the response and not the write', () =>
    withEmulator(async (emulator) => {
      const { baseUrls, faults, registered } = emulator
      faults.add({ kind: 'rewrite', set: { access_token: 'a\nb' }, remove: ['expires_in'] })
      assert.deepEqual((await getToken(emulator)).body, {
        access_token: 'a\nb',
        token_type: 'Bearer',
      })
      const token = await obtainToken(baseUrls.neoid)
      faults.add({ kind: 'rewrite', set: { name: 'Outro' } })
      const seen = await maintain(baseUrls.neoid, token, { client_id: 'portal', name: 'Novo' })
      assert.equal(field(seen.body, 'name'), 'Outro')
      assert.equal(registered('neoid', 'portal')?.name, 'Novo')
    }))

  test('The fault "endless" sends until the client leaves', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'endless' })
      const response = await fetch(`${emulator.baseUrls.neoid}/client_token`, {
        method: 'POST',
        body: new URLSearchParams(tokenFields(portal)),
      })
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      let read = 0
      while (read < 5_000_000) read += (await reader.read()).value?.length ?? 0
      await reader.cancel()
      assert.equal((await getToken(emulator)).status, 200)
    }))

  test('The fault "trickle" sends the whole response', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'trickle', bytes: 10, intervalMs: 1 })
      const seen = await getToken(emulator)
      assert.equal(field(seen.body, 'expires_in'), 3600)
    }))

  test('The fault "delay" does not delay other requests', () =>
    withEmulator(async (emulator) => {
      const { baseUrls, faults, registered } = emulator
      const token = await obtainToken(baseUrls.neoid)
      faults.add({ kind: 'delay', delayMs: 3_600_000, when: 'after', clientId: 'portal' })
      const slow = maintain(baseUrls.neoid, token, { client_id: 'portal', name: 'Novo' })
      const slowFailure = brokenBy(slow)
      while (faults.list().length > 0) await getToken(emulator, agenda)
      assert.equal(registered('neoid', 'portal')?.name, 'Novo')
      await emulator.close()
      assert.equal(await slowFailure, 'UND_ERR_SOCKET')
    }))

  test('The fault "delay" keeps the real response', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'delay', delayMs: 1 }, { kind: 'html', delayMs: 1 })
      assert.equal((await getToken(emulator)).status, 200)
      assert.equal((await getToken(emulator)).status, 502)
    }))

  test('The fault "hang" keeps the connection open until one side closes it', () =>
    withEmulator(async (emulator) => {
      const { faults, requests, url } = emulator
      faults.add({ kind: 'hang', operation: 'clientMaintenance' })
      const asking: ClientRequest = request(`${url}/psc/v0/oauth/client_maintenance`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
      })
      asking.end('{}')
      while (faults.list().length > 0) await getToken(emulator)
      const [entry] = requests.list({ operation: 'clientMaintenance' })
      assert.deepEqual([entry?.status, entry?.fault], [null, 1])
      const failed = once(asking, 'error')
      asking.destroy(new Error('enough'))
      await failed
      await emulator.close()
    }))

  test('The fault "truncated" sends the real status and length', () =>
    withEmulator(async ({ faults, url }) => {
      faults.add({ kind: 'truncated', bytes: 10 })
      const asking = request(`${url}/psc/v0/oauth/client_token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })
      asking.end(new URLSearchParams(tokenFields(portal)).toString())
      const [response] = (await once(asking, 'response')) as [IncomingMessage]
      assert.equal(response.statusCode, 200)
      assert.equal(response.headers['content-length'], '102')
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      const [error] = (await once(response, 'error')) as [NodeJS.ErrnoException]
      assert.equal(error.code, 'ECONNRESET')
      assert.equal(text, '{"access_t')
    }))
})

describe('a fault is aimed', () => {
  test('A fault can be aimed at an operation, a PSC and a client', () =>
    withEmulator(async (emulator) => {
      const { baseUrls, faults } = emulator
      faults.add(
        { kind: 'html', operation: 'clientMaintenance' },
        { kind: 'html', psc: 'serproid' },
        { kind: 'html', clientId: 'agenda' },
        { kind: 'html', psc: 'motor-rce' },
      )
      assert.equal((await getToken(emulator)).status, 200)
      assert.equal((await getToken(emulator, agenda)).status, 502)
      assert.equal((await getToken(emulator, agenda)).status, 200)
      const elsewhere = `${baseUrls.serproid}/client_token`
      assert.equal((await postForm(elsewhere, tokenFields(portal))).status, 502)
      const token = await obtainToken(baseUrls.neoid)
      assert.equal((await maintain(baseUrls.neoid, token, { client_id: 'portal' })).status, 502)
      assert.deepEqual(
        faults.list().map(({ psc }) => psc),
        ['motor-rce'],
      )
    }))

  test('Faults strike as often as they say, oldest first', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add(
        { kind: 'answer', status: 503, times: 2 },
        { kind: 'answer', status: 500 },
        { kind: 'answer', status: 429, times: 'always' },
      )
      const statuses = []
      for (let index = 0; index < 6; index++) statuses.push((await getToken(emulator)).status)
      assert.deepEqual(statuses, [503, 503, 500, 429, 429, 429])
      assert.deepEqual(
        emulator.faults.list().map(({ id, struck }) => [id, struck]),
        [[3, 3]],
      )
    }))

  test('A fault with skip lets only requests pass that it is aimed at', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'html', skip: 2, clientId: 'portal' })
      const statuses = []
      for (const credential of [portal, agenda, agenda, portal, agenda, portal, portal]) {
        statuses.push((await getToken(emulator, credential)).status)
      }
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 502, 200])
    }))

  test('A fault strikes concurrent requests exactly as often as it says', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'answer', status: 503, times: 7, delayMs: 1 })
      const seen = await Promise.all(Array.from({ length: 40 }, () => getToken(emulator)))
      assert.equal(seen.filter(({ status }) => status === 503).length, 7)
    }))
})

describe('/_emulator/faults', () => {
  const post = (url: string, body: unknown, contentType = 'application/json'): Promise<Seen> =>
    ask(`${url}/_emulator/faults`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test('/_emulator/faults adds, lists and removes faults', () =>
    withEmulator(async ({ url }) => {
      const created = await post(url, [{ kind: 'drop' }, { kind: 'html', times: 3 }])
      assert.equal(created.status, 201)
      assert.equal((await post(url, { kind: 'hang', psc: 'neoid' })).status, 201)
      const kinds = async (): Promise<unknown> => {
        const { body } = await ask(`${url}/_emulator/faults`)
        return (field(body, 'faults') as unknown[]).map((fault) => [
          field(fault, 'id'),
          field(fault, 'kind'),
          field(fault, 'operation'),
          field(fault, 'times'),
          field(fault, 'struck'),
        ])
      }
      assert.deepEqual(await kinds(), [
        [1, 'drop', '*', 1, 0],
        [2, 'html', '*', 3, 0],
        [3, 'hang', '*', 1, 0],
      ])
      const remove = (path: string): Promise<Seen> =>
        ask(`${url}/_emulator/faults${path}`, { method: 'DELETE' })
      assert.equal((await remove('/2')).status, 204)
      assert.equal((await remove('/2')).status, 404)
      assert.deepEqual(await kinds(), [
        [1, 'drop', '*', 1, 0],
        [3, 'hang', '*', 1, 0],
      ])
      assert.equal((await remove('')).status, 204)
      assert.deepEqual(await kinds(), [])
    }))

  test('/_emulator/faults adds none of several faults if one is wrong', () =>
    withEmulator(async ({ url, faults }) => {
      for (const [body, problem] of [
        [{ kind: 'nothing' }, /kind/],
        [{}, /kind/],
        [{ kind: 'drop', tims: 2 }, /tims/],
        [{ kind: 'drop', times: 0 }, /times/],
        [{ kind: 'answer', status: 99 }, /status/],
        [{ kind: 'answer', status: 200, headers: { 'a b': 'x' } }, /headers/],
        [{ kind: 'answer', status: 200, retryAfter: 'a\nb' }, /retryAfter/],
        [{ kind: 'redirect' }, /location/],
        [{ kind: 'truncated', when: 'before' }, /when/],
        [[{ kind: 'drop' }, { kind: 'drop', operation: 'x' }], /\[1\]\.operation/],
        ['{', /JSON/],
      ] as const) {
        const seen = await post(url, body)
        assert.equal(seen.status, 400, JSON.stringify(body))
        const problems = field(seen.body, 'problems') as string[]
        assert.match(String(problems), problem)
        for (const line of problems) {
          assert.match(line, /\. \[ERR_PSC_EMULATOR_(FAULT|REQUEST)\]$/)
          assert.doesNotMatch(line, /invalid|expected|received|discriminator/i)
        }
      }
      assert.equal((await post(url, '{"kind":"drop"}', 'text/plain')).status, 415)
      assert.deepEqual(faults.list(), [])
    }))

  test('A program gets a FaultScriptError for a wrong fault', () =>
    withEmulator(({ faults }) => {
      assert.throws(() => faults.add({ kind: 'answer', status: 1 }), FaultScriptError)
      return Promise.resolve()
    }))
})
