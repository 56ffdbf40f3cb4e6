import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RequestLog } from '../../emulator/control/request-log.ts'
import { ask, field, maintain, manualClock, obtainToken, portal, postForm } from './support.ts'
import { tokenFields, withEmulator } from './support.ts'

async function logged(url: string, query = ''): Promise<Record<string, unknown>[]> {
  const { body } = await ask(`${url}/_emulator/requests${query}`)
  return field(body, 'requests') as Record<string, unknown>[]
}

describe('/_emulator/requests', () => {
  test('The request log has every request in order, with the status of its response', () => {
    const clock = manualClock()
    return withEmulator(
      async ({ url, baseUrls }) => {
        const token = await obtainToken(baseUrls.neoid)
        clock.advance(60)
        await maintain(baseUrls.neoid, token, { client_id: 'portal', name: 'Novo' })
        await maintain(baseUrls.neoid, token, { client_id: 'agenda' })
        const entries = (await logged(url)).map(({ headers, ...rest }) => {
          return { ...rest, authorization: field(headers, 'authorization') }
        })
        const maintenance = {
          at: '2026-01-15T12:01:00.000Z',
          method: 'PUT',
          path: '/psc/v0/oauth/client_maintenance',
          query: {},
          psc: 'neoid',
          operation: 'clientMaintenance',
          authorization: 'Bearer <redacted>',
        }
        assert.deepEqual(entries, [
          {
            id: 1,
            at: '2026-01-15T12:00:00.000Z',
            method: 'POST',
            path: '/psc/v0/oauth/client_token',
            query: {},
            body: {
              grant_type: 'client_credentials',
              client_id: 'portal',
              client_secret: '<redacted>',
            },
            psc: 'neoid',
            operation: 'clientToken',
            clientId: 'portal',
            status: 200,
            authorization: undefined,
          },
          {
            ...maintenance,
            id: 2,
            body: { client_id: 'portal', name: 'Novo' },
            clientId: 'portal',
            status: 200,
          },
          { ...maintenance, id: 3, body: { client_id: 'agenda' }, clientId: 'agenda', status: 401 },
        ])
      },
      { now: clock.now },
    )
  })

  test('The request log filters by each column and refuses an unknown one', () =>
    withEmulator(async ({ url, baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      await maintain(baseUrls.neoid, token, { client_id: 'portal' })
      await postForm(`${baseUrls.serproid}/client_token`, tokenFields(portal))
      await postForm(`${url}/elsewhere`, {})
      const ids = async (query: string): Promise<unknown[]> =>
        (await logged(url, query)).map(({ id }) => id)
      assert.deepEqual(await ids(''), [1, 2, 3, 4])
      assert.deepEqual(await ids('?operation=clientToken'), [1, 3])
      assert.deepEqual(await ids('?psc=neoid'), [1, 2])
      assert.deepEqual(await ids('?method=PUT'), [2])
      assert.deepEqual(await ids('?status=412&operation=clientToken'), [3])
      assert.deepEqual(await ids('?clientId=ninguem'), [])
      assert.deepEqual(await ids('?path=/elsewhere'), [4])
      for (const query of ['?client=portal', '?operation=tokens']) {
        assert.equal((await ask(`${url}/_emulator/requests${query}`)).status, 400)
      }
    }))

  test('DELETE clears the request log, and ids go on counting', () =>
    withEmulator(async ({ url, baseUrls, requests }) => {
      await obtainToken(baseUrls.neoid)
      const cleared = await ask(`${url}/_emulator/requests`, { method: 'DELETE' })
      assert.equal(cleared.status, 204)
      assert.deepEqual(requests.list(), [])
      await obtainToken(baseUrls.neoid)
      assert.deepEqual(
        requests.list({ operation: 'clientToken' }).map(({ id }) => id),
        [2],
      )
    }))

  test('The request log has no secret and no token', () => {
    const lines: string[] = []
    return withEmulator(
      async ({ url, baseUrls, requests }) => {
        const token = await obtainToken(baseUrls.neoid)
        const body = { client_id: 'portal', client_secret: portal.secret, x: [{ password: token }] }
        await maintain(baseUrls.neoid, token, body, { Cookie: token, 'X-Api-Token': token })
        const query = new URLSearchParams({ client_secret: portal.secret, access_token: token })
        await postForm(`${baseUrls.neoid}/client_token?${query.toString()}`, [
          ['client_secret', portal.secret],
          ['client_secret', token],
          ['code', token],
          ['code_verifier', token],
        ])
        await ask(`${baseUrls.neoid}/client_token`, { method: 'POST', body: portal.secret })
        await maintain(baseUrls.neoid, undefined, `"${portal.secret}"`)
        const state = await ask(`${url}/_emulator/state`)
        const output = JSON.stringify([requests.list(), lines]) + state.text
        assert.ok(!output.includes(portal.secret))
        assert.ok(!output.includes(token))
        assert.deepEqual(field(requests.list()[1]?.body, 'client_secret'), '<redacted>')
        assert.deepEqual(requests.list()[2]?.body, {
          client_secret: ['<redacted>', '<redacted>'],
          code: '<redacted>',
          code_verifier: '<redacted>',
        })
      },
      { onRequest: (line) => lines.push(line) },
    )
  })

  test('The request log shows an empty secret as empty', () =>
    withEmulator(async ({ baseUrls, requests }) => {
      await postForm(`${baseUrls.neoid}/client_token`, { client_secret: '' })
      await postForm(`${baseUrls.neoid}/client_token`, { client_id: 'x' })
      assert.deepEqual(
        requests.list().map(({ body }) => body),
        [{ client_secret: '' }, { client_id: 'x' }],
      )
    }))

  test('The request log keeps the last ten thousand requests', () => {
    const log = new RequestLog(() => 0)
    const request = new Request('http://127.0.0.1/')
    for (let sent = 0; sent < 25_000; sent++) log.record(request, '')
    const kept = log.list()
    assert.equal(kept.length, 10_000)
    assert.deepEqual([kept[0]?.id, kept.at(-1)?.id], [15_001, 25_000])
  })

  const record = (log: RequestLog, body: unknown, path = '/') =>
    log.record(
      new Request(`http://127.0.0.1${path}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
      }),
      typeof body === 'string' ? body : JSON.stringify(body),
    )

  test('The request log keeps the first KiB of a long string and its length', () => {
    const long = 'x'.repeat(200_000)
    const cut = `${'x'.repeat(1024)}… (200000 characters)`
    const log = new RequestLog(() => 0)
    record(log, { client_id: long, redirect_uris: [long, 'y'], [long]: { name: long } })
    record(log, {}, `/${long.slice(1)}`)
    const [first, second] = log.list()
    const body = { client_id: cut, redirect_uris: [cut, 'y'], [cut]: { name: cut } }
    assert.deepEqual([first?.body, first?.clientId], [body, cut])
    assert.equal(second?.path, `/${cut.slice(1)}`)
  })

  test('The request log survives deeply nested JSON', () => {
    const log = new RequestLog(() => 0)
    const nested = `${'['.repeat(100_000)}"not-a-secret"${']'.repeat(100_000)}`
    for (const field of ['x', 'client_secret']) {
      record(log, `{"client_id":"portal","${field}":${nested}}`)
    }
    const bodies = log.list().map(({ clientId, body }) => [clientId, JSON.stringify(body)])
    for (const [clientId, body] of bodies) {
      assert.equal(clientId, 'portal')
      assert.ok(body !== undefined && body.length < 200 && !body.includes('not-a-secret'), body)
    }
  })

  test('The request log keeps at most 32 Mi characters and drops the oldest requests', () => {
    const log = new RequestLog(() => 0)
    // About 256 Ki each, in a thousand texts that are short.
    const body = { redirect_uris: Array.from({ length: 1000 }, () => 'x'.repeat(256)) }
    for (let count = 0; count < 300; count++) record(log, body)
    const kept = log.list()
    assert.ok(JSON.stringify(kept).length <= 2 ** 25 + kept.length + 1)
    assert.ok(kept.length > 120 && kept.length < 130, String(kept.length))
    assert.equal(kept.at(-1)?.id, 300)
    log.clear()
    record(log, {})
    assert.equal(log.list().length, 1)
  })

  test('The onRequest callback gets one line for each request, without control characters', () => {
    const lines: string[] = []
    return withEmulator(
      async ({ baseUrls, url }) => {
        await postForm(`${baseUrls.neoid}/client_token`, tokenFields(portal))
        await postForm(`${baseUrls.neoid}/client_token`, { client_id: 'a\u001b[31m\nb' })
        await ask(`${url}/x`)
        assert.deepEqual(lines, [
          'POST /psc/v0/oauth/client_token 200 (neoid, portal)',
          'POST /psc/v0/oauth/client_token 412 (neoid, a?[31m?b)',
          'GET /x 404',
        ])
      },
      { onRequest: (line) => lines.push(line) },
    )
  })
})

describe('/_emulator/state', () => {
  test('/_emulator/state shows the clients of each PSC', () =>
    withEmulator(async ({ url, baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      await maintain(baseUrls.neoid, token, { client_id: 'portal', name: 'Novo' })
      const { body } = await ask(`${url}/_emulator/state`)
      const clients = (psc: string): unknown[] =>
        field(field(field(body, 'pscs'), psc), 'clients') as unknown[]
      assert.deepEqual(
        clients('neoid').map((client) => [field(client, 'name'), field(client, 'revision')]),
        [
          ['Novo', 1],
          ['Agenda', 0],
        ],
      )
      assert.deepEqual(clients('serproid'), [
        {
          clientId: 'portal-serproid',
          name: 'Portal do Cidadão',
          comments: '',
          email: '',
          redirectUris: [],
          certificate: { hosts: ['portal.exemplo.gov.br'] },
          revision: 0,
        },
      ])
    }))

  test('/_emulator answers 404 for an unknown resource or client', () =>
    withEmulator(async ({ url }) => {
      assert.equal((await ask(`${url}/_emulator/nothing`)).status, 404)
      for (const path of ['neoid/ninguem', 'outro/portal']) {
        const removal = await ask(`${url}/_emulator/clients/${path}`, { method: 'DELETE' })
        assert.equal(removal.status, 404)
      }
    }))
})
