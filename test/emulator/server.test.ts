import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { ask, config, field, maintain, obtainToken, postForm, withEmulator } from './support.ts'
import { portal, tokenFields } from './support.ts'

describe('the server', () => {
  test('The server answers 404 for every other path', () =>
    withEmulator(async ({ url, baseUrls }) => {
      for (const path of [
        '/',
        '/psc/v0/oauth',
        '/psc/v0/oauth/client_token/',
        '/psc/v0/oauth/Client_token',
        '/v0/oauth/client_token',
        '/psc/v0/oauth/application',
      ]) {
        const seen = await postForm(url + path, tokenFields(portal))
        assert.equal(seen.status, 404, path)
        assert.ok(Array.isArray(seen.body), path)
      }
      assert.equal((await postForm(`${baseUrls.neoid}//client_token`, {})).status, 404)
    }))

  test('The server refuses another method and names the right one', () =>
    withEmulator(async ({ baseUrls }) => {
      for (const [service, allowed] of [
        ['client_token', 'POST'],
        ['client_maintenance', 'PUT'],
      ] as const) {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          if (method === allowed) continue
          const seen = await ask(`${baseUrls.neoid}/${service}`, { method })
          assert.equal(seen.status, 405, `${method} ${service}`)
          assert.equal(seen.headers.get('allow'), allowed)
        }
      }
    }))

  test('The server refuses another content type with the array', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const body = JSON.stringify(tokenFields(portal))
      for (const contentType of ['application/json', 'text/plain', 'multipart/form-data', '']) {
        const seen = await ask(`${baseUrls.neoid}/client_token`, {
          method: 'POST',
          headers: { 'Content-Type': contentType },
          body,
        })
        assert.equal(seen.status, 415, contentType)
        const [first] = seen.body as unknown[]
        assert.equal(typeof field(first, 'error'), 'string')
        assert.ok(Array.isArray(field(first, 'error_description')))
      }
      const other = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const seen = await maintain(baseUrls.neoid, token, { client_id: 'portal' }, other)
      assert.equal(seen.status, 415)
    }))

  test('The server ignores the parameters and the case of the content type', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const contentType = { 'Content-Type': 'Application/JSON ; charset=UTF-8' }
      const seen = await maintain(baseUrls.neoid, token, { client_id: 'portal' }, contentType)
      assert.equal(seen.status, 200)
    }))

  test('The server refuses a body over the limit, with and without Content-Length', () =>
    withEmulator(async ({ baseUrls, requests }) => {
      const url = `${baseUrls.neoid}/client_token`
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const large = 'x='.padEnd(300 * 1024, 'y')
      const announced = await ask(url, { method: 'POST', headers: form, body: large })
      assert.equal(announced.status, 413)
      const stream = new Blob([large]).stream()
      const init = { method: 'POST', headers: form, body: stream, duplex: 'half' } as RequestInit
      assert.equal((await ask(url, init)).status, 413)
      assert.deepEqual(
        requests.list().map(({ status, body }) => ({ status, body })),
        [1, 2].map(() => ({ status: 413, body: {} })),
      )
    }))

  test('The server reads a chunked body', () =>
    withEmulator(async ({ baseUrls }) => {
      const stream = new Blob([new URLSearchParams(tokenFields(portal)).toString()]).stream()
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const init = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit
      assert.equal((await ask(`${baseUrls.neoid}/client_token`, init)).status, 200)
    }))

  test('The server survives a request that breaks off', () =>
    withEmulator(async ({ url, baseUrls }) => {
      const { hostname, port } = new URL(url)
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.write(
        'POST /psc/v0/oauth/client_token HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nx',
      )
      socket.destroy()
      await once(socket, 'close')
      assert.match(await obtainToken(baseUrls.neoid), /./)
    }))

  test('Closing the emulator frees its port despite open connections', async () => {
    const emulator = await startEmulator({ config })
    await obtainToken(emulator.baseUrls.neoid)
    const port = Number(new URL(emulator.url).port)
    await Promise.all([emulator.close(), emulator.close()])
    const again = await startEmulator({ config, port })
    assert.equal(again.url, emulator.url)
    await again.close()
  })

  test('Starting an emulator fails when the port is in use', () =>
    withEmulator(async ({ url }) => {
      const port = Number(new URL(url).port)
      await assert.rejects(startEmulator({ config, port }), { code: 'EADDRINUSE' })
    }))

  test('The server answers each of a thousand concurrent requests with its own response', () =>
    withEmulator(async ({ baseUrls, registered }) => {
      const token = await obtainToken(baseUrls.neoid)
      const echoes = await Promise.all(
        Array.from({ length: 1000 }, async (_, index) => {
          const comments = `Descrição ${index}`
          const seen = await maintain(baseUrls.neoid, token, { client_id: 'portal', comments })
          return field(seen.body, 'comments') === comments
        }),
      )
      assert.ok(echoes.every(Boolean))
      assert.equal(registered('neoid', 'portal')?.revision, 1000)
    }))
})
