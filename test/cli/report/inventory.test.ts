import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listCertificates, summarize } from '../../../cli/report/summary.ts'
import { baseUrl, client, report, resource, result, state } from './support.ts'

const portal = resource('portal', client())

describe('the inventory of a report', () => {
  it('A client of a state has its facts, its last write and the reference of its secret', () => {
    const { clients, stacks } = report({ state: [state(portal)] })
    assert.deepEqual(stacks, ['producao'])
    assert.deepEqual(clients, [
      {
        stack: 'producao',
        entry: 'portal',
        name: 'Portal do Cidadão',
        clientId: 'portal-id',
        psc: 'neoid',
        environment: 'production',
        baseUrl,
        email: 'suporte@exemplo.gov.br',
        comments: 'Assinatura de requerimentos',
        redirectUris: ['https://portal.exemplo.gov.br/callback'],
        certificate: {
          hosts: ['portal.exemplo.gov.br'],
          notAfter: '2027-06-30T12:00:00.000Z',
          fingerprint256: 'AB:CD:EF',
        },
        secret: { kind: 'env', name: 'PORTAL_SECRET' },
        status: 'applied',
        applied: {
          at: '2026-10-01T15:00:00.000Z',
          isSettled: true,
          echo: 'same',
          missingUris: [],
        },
        verified: null,
      },
    ])
  })

  for (const [what, secret] of [
    [
      'encrypted',
      {
        '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
        ciphertext: 'v1:not-a-secret',
      },
    ],
    [
      'decrypted',
      {
        '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
        plaintext: '"not-a-secret"',
      },
    ],
    ['plain', 'not-a-secret'],
    ['of an unknown form', { env: 'X', value: 'not-a-secret' }],
  ] as const) {
    it(`A report takes nothing of a secret that is ${what}`, () => {
      const made = report({ state: [state(resource('portal', client({ clientSecret: secret })))] })
      assert.deepEqual(made.clients[0]?.secret, { kind: 'inline', name: null })
      assert.ok(!JSON.stringify(made).includes('not-a-secret'))
    })
  }

  it('An echo that differs, a write of unknown outcome and a lost redirect URI are shown', () => {
    const { clients, warnings } = report({
      state: [
        state(
          resource('echo', client({ clientId: '1' }), {
            registered: { ...client({ clientId: '1' }), name: 'Outro' },
          }),
          resource('unsettled', client({ clientId: '2' }), { settled: false, registered: null }),
          resource('lost', client({ clientId: '3' }), {
            redirectUris: [],
            __drift: { declared: ['https://portal.exemplo.gov.br/callback'] },
          }),
        ),
      ],
    })
    const applied = (entry: string) => clients.find((one) => one.entry === entry)?.applied
    assert.equal(applied('echo')?.echo, 'different')
    assert.deepEqual([applied('unsettled')?.isSettled, applied('unsettled')?.echo], [false, 'none'])
    assert.deepEqual(applied('lost')?.missingUris, ['https://portal.exemplo.gov.br/callback'])
    assert.deepEqual(
      warnings.map(({ code, severity, clients }) => [code, severity, clients[0]?.entry]),
      [
        ['WARN_PSC_URI_NOT_REGISTERED', 'error', 'lost'],
        ['WARN_PSC_NOT_SETTLED', 'warning', 'unsettled'],
      ],
    )
  })

  it('Certificates are sorted by their end, and warned of by the setting of the stack', () => {
    const withEnd = (entry: string, notAfter: string | undefined) =>
      resource(entry, client({ clientId: entry, certificate: { hosts: [entry], notAfter } }))
    const document = state(
      withEnd('far', '2027-11-27T12:00:00Z'),
      withEnd('none', undefined),
      withEnd('near', '2026-12-27T12:00:00Z'),
      withEnd('over', '2026-11-26T12:00:00Z'),
    )
    const made = report({ state: [document] })
    assert.deepEqual(
      listCertificates(made).map(({ hosts, state, daysLeft }) => [hosts[0], state, daysLeft]),
      [
        ['over', 'expired', -1],
        ['near', 'ends', 30],
        ['far', 'valid', 365],
        ['none', 'unknown', null],
      ],
    )
    assert.deepEqual(
      made.warnings.map(({ code }) => code),
      ['WARN_PSC_CERTIFICATE_EXPIRED', 'WARN_PSC_CERTIFICATE_EXPIRES'],
    )
    assert.equal(summarize(made).nextEnd, '2026-12-27T12:00:00.000Z')
    const strict = report({ state: [document] }, { warningDays: 29 })
    assert.deepEqual(
      strict.warnings.map(({ code }) => code),
      ['WARN_PSC_CERTIFICATE_EXPIRED'],
    )
  })

  it('A certificate of many clients is one warning', () => {
    const expired = { hosts: ['a.exemplo'], notAfter: '2026-01-01T00:00:00Z', fingerprint256: 'X' }
    const { warnings } = report({
      state: [
        state(
          ...['a', 'b'].map((id) => resource(id, client({ clientId: id, certificate: expired }))),
        ),
      ],
    })
    assert.deepEqual(
      warnings.map(({ clients }) => clients.map(({ entry }) => entry)),
      [['a', 'b']],
    )
  })

  it('Of many results of verify the last one counts, and the last success is named', () => {
    const line = (time: string, changes: object) => JSON.stringify(result({ time, ...changes }))
    const history = [
      line('2026-11-03T00:00:00Z', { result: 'failed', code: 'ERR_PSC_REFUSED', message: 'no.' }),
      line('2026-11-02T00:00:00Z', {}),
      line('2026-11-01T00:00:00Z', {}),
      '{"time":"2026-11-04T0',
    ].join('\n')
    const { clients, warnings } = report({ state: [state(portal)], verify: [history] })
    assert.deepEqual(clients[0]?.verified, {
      at: '2026-11-03T00:00:00.000Z',
      result: 'failed',
      code: 'ERR_PSC_REFUSED',
      message: 'no.',
      lastOk: '2026-11-02T00:00:00.000Z',
      missingUris: [],
    })
    assert.deepEqual(
      warnings.map(({ code, severity }) => [code, severity]),
      [['ERR_PSC_REFUSED', 'error']],
    )
  })

  it('A result of the same client id at another address is not that of the client', () => {
    const elsewhere = result({ address: 'https://homologacao.exemplo/oauth/client_token' })
    const { clients } = report({ state: [state(portal)], verify: [{ results: [elsewhere] }] })
    assert.equal(clients[0]?.verified, null)
  })

  it('A result of a version without addresses counts by the name of the entry', () => {
    const { address: _, clientId: __, time: ___, ...old } = result()
    const { clients } = report({ state: [state(portal)], verify: [{ results: [old] }] })
    assert.deepEqual([clients[0]?.verified?.result, clients[0]?.verified?.at], ['ok', null])
  })

  it('Clients of several stacks are listed with their stack', () => {
    const other = resource('portal', client(), {}, { stack: 'homologacao' })
    const { clients, stacks } = report({ state: [state(portal), state(other)] })
    assert.deepEqual(stacks, ['homologacao', 'producao'])
    assert.deepEqual(
      clients.map(({ stack }) => stack),
      ['homologacao', 'producao'],
    )
  })

  it('A state that holds nonsense is shown as far as it can be read', () => {
    const odd = resource('odd', {
      psc: 7,
      clientId: [],
      name: {},
      redirectUris: 'x',
      certificate: 1,
    })
    const { clients } = report({ state: [state(odd, {}, { urn: 1 })] })
    assert.deepEqual(
      clients.map(({ entry, name, clientId, psc, redirectUris, certificate }) => [
        entry,
        name,
        clientId,
        psc,
        redirectUris,
        certificate,
      ]),
      [['odd', null, null, '?', [], null]],
    )
  })
})
