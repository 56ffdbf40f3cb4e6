import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { openProvider, portal, useProvider } from '../support/fixture.ts'

const [first = '', second = ''] = portal.redirectUris
const old = 'https://www.aplicacao-exemplo.com/antigo'

const warned = (code: string) => new RegExp(`\\[${code}\\]$`, 'm')

describe('a refresh with psc:drift', () => {
  const fixture = useProvider('PscClient')
  let props: Record<string, unknown>

  /** Opens the provider as in a new run. */
  const open = async (drift = 'refresh') => {
    fixture.warnings.splice(0)
    fixture.emulator.requests.clear()
    fixture.provider = await openProvider('PscClient', { ...fixture.config, 'psc:drift': drift })
  }
  const refresh = async (drift?: string) => {
    await open(drift)
    const { props: read = {} } = await fixture.provider.read(portal.clientId, props)
    // The engine compares with swapped roles.
    await fixture.provider.diff(portal.clientId, read, props)
    props = read
    return read.redirectUris
  }
  const up = async (declared = portal) => {
    await open()
    const { outs = {} } = await fixture.provider.update(portal.clientId, props, declared)
    props = outs
  }
  const changes = async (declared = portal) =>
    (await fixture.provider.diff(portal.clientId, props, declared)).changes
  const atThePsc = (...redirectUris: string[]) =>
    fixture.emulator.change('neoid', portal.clientId, { redirectUris })

  beforeEach(async () => {
    await open()
    const { outs = {} } = await fixture.provider.create(portal)
    props = outs
  })

  it('A refresh shows a redirect URI that was removed at the PSC, and the next up registers it again', async () => {
    assert.deepEqual(await refresh(), [first, second])
    assert.equal(await changes(), false)
    atThePsc(first)
    assert.deepEqual(await refresh(), [first])
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_NOT_REGISTERED'))
    assert.deepEqual(await refresh(), [first])
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_NOT_REGISTERED'))
    await open('off')
    assert.equal(await changes(), true)
    assert.match(fixture.warnings.join('\n'), /does not have .*outro-callback/)
    await up()
    assert.deepEqual(fixture.emulator.registered('neoid', portal.clientId)?.redirectUris, [
      first,
      second,
    ])
    assert.equal(await changes(), false)
    assert.deepEqual(await refresh(), [first, second])
    assert.deepEqual(fixture.warnings, [])
  })

  it('A redirect URI that came back at the PSC needs no up', async () => {
    atThePsc(second)
    assert.deepEqual(await refresh(), [second])
    atThePsc(second, first)
    assert.deepEqual(await refresh(), [first, second])
    assert.equal(await changes(), false)
  })

  it('A refresh tells that all redirect URIs were replaced, because the write found out that the PSC tells', async () => {
    atThePsc(old)
    assert.deepEqual(await refresh(), [])
    assert.equal(await changes(), true)
    await up()
    assert.deepEqual(await refresh(), [first, second])
  })

  it('Where no write found out that the PSC tells, an earlier refresh must have', async () => {
    const { __drift: _, ...ofOldVersion } = props
    props = ofOldVersion
    atThePsc(old)
    assert.deepEqual(await refresh(), [first, second])
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_NOT_TOLD'))
    assert.equal(await changes(), false)
    atThePsc(first, second)
    await refresh()
    atThePsc(old)
    assert.deepEqual(await refresh(), [])
  })

  it('A former redirect URI that a PSC may take for a declared one is not remembered', async () => {
    const declared = { ...portal, redirectUris: [first, `${first}/antigo`, `${second}?a=b`] }
    await up(declared)
    await up()
    atThePsc(...declared.redirectUris, second)
    assert.deepEqual(await refresh(), [first, second])
    const asNormalised = second.replace('outro', 'OUTRO').concat('/')
    await up({ ...portal, redirectUris: [first, asNormalised] })
    await up()
    atThePsc(first, second, asNormalised)
    assert.deepEqual(await refresh(), [first, second])
  })

  it('A refresh shows a redirect URI that left the declaration and is still registered', async () => {
    const declared = { ...portal, redirectUris: [first] }
    await up(declared)
    assert.deepEqual(await refresh(), [first])
    atThePsc(first, second)
    assert.deepEqual(await refresh(), [first, second])
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_STILL_REGISTERED'))
    assert.doesNotMatch(fixture.warnings.join('\n'), warned('WARN_PSC_URI_REMOVED'))
    assert.equal(await changes(declared), true)
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_REMOVED'))
    await up(declared)
    assert.deepEqual(await refresh(), [first])
    assert.equal(await changes(declared), false)
  })

  it('A refresh without psc:drift sends nothing to authorize and changes nothing', async () => {
    atThePsc(first)
    assert.deepEqual(await refresh('off'), [first, second])
    assert.deepEqual(await refresh('apply'), [first, second])
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('A refresh keeps the redirect URIs of a PSC that stops answering', async () => {
    await refresh()
    atThePsc(first)
    fixture.emulator.faults.add({
      kind: 'answer',
      status: 429,
      retryAfter: 3600,
      operation: 'authorize',
      times: 'always',
    })
    assert.deepEqual(await refresh(), [first, second])
    assert.match(fixture.warnings.join('\n'), warned('WARN_PSC_URI_NOT_TOLD'))
    assert.ok(fixture.warnings.some((line) => line.includes(portal.clientId)))
  })

  it('Every client of an up remembers that its PSC tells, and only the first one asks', async () => {
    const neighbour = { ...portal, clientId: 'vizinho', name: 'Nome do Vizinho' }
    await open()
    const remembered: unknown[] = []
    for (const client of [portal, neighbour]) {
      const { outs = {} } = await fixture.provider.create(client)
      props = outs
      remembered.push(outs.__drift)
    }
    assert.deepEqual(remembered, [{ tells: true }, { tells: true }])
    // A redirect URI and a random path.
    assert.equal(fixture.emulator.requests.list({ operation: 'authorize' }).length, 2)
    fixture.emulator.change('neoid', 'vizinho', { redirectUris: [old] })
    await open()
    const { props: read = {} } = await fixture.provider.read('vizinho', props)
    assert.deepEqual(read.redirectUris, [])
  })
})
