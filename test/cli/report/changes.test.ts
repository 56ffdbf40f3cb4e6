import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { client, preview, report, resource, step } from './support.ts'

const callback = 'https://portal.exemplo.gov.br/callback'
const entrar = 'https://portal.exemplo.gov.br/entrar'

const portal = resource('portal', client())

/** What a preview of one update does with the client. */
function changeTo(changes: Readonly<Record<string, unknown>>) {
  const after = resource('portal', client(changes))
  return report({ preview: [preview([step('update', portal, after)])] }).changes
}

describe('the changes of a report', () => {
  it('A new client is at the address that the settings of its stack have, not in production', () => {
    const url = 'http://127.0.0.1:8080/psc/v0/oauth'
    const config = { 'psc:baseUrls': JSON.stringify({ neoid: url }) }
    const created = preview([step('create', undefined, resource('portal', client()))])
    const { changes, clients } = report({ preview: [{ ...created, config }] })
    for (const { environment, baseUrl } of [...changes, ...clients]) {
      assert.deepEqual([environment, baseUrl], [null, url])
    }
  })

  it('A redirect URI that leaves and one that comes are named, with the new default', () => {
    const [change] = changeTo({ redirectUris: [entrar] })
    assert.deepEqual(
      [change?.kind, change?.removedUris, change?.addedUris, change?.newDefaultUri],
      ['changed', [callback], [entrar], entrar],
    )
    assert.deepEqual(
      [change?.name, change?.clientId, change?.psc, change?.environment, change?.stack],
      ['Portal do Cidadão', 'portal-id', 'neoid', 'production', 'producao'],
    )
  })

  it('A change of a field names its value before and after', () => {
    const [change] = changeTo({ email: 'novo@exemplo.gov.br', clientSecret: { file: 's.txt' } })
    assert.deepEqual(change?.fields, [
      { field: 'email', before: 'suporte@exemplo.gov.br', after: 'novo@exemplo.gov.br' },
      { field: 'clientSecret', before: '{ env: PORTAL_SECRET }', after: '{ file: s.txt }' },
    ])
  })

  it('Another order of the redirect URIs after the first is no change', () => {
    const uris = ['https://a.exemplo/', 'https://b.exemplo/', 'https://c.exemplo/']
    const before = resource('portal', client({ redirectUris: uris }))
    const after = resource('portal', client({ redirectUris: [uris[0], uris[2], uris[1]] }))
    assert.deepEqual(report({ preview: [preview([step('update', before, after)])] }).changes, [])
  })

  it('A new client and one that leaves lose no redirect URI: the latter stays registered', () => {
    const created = resource('novo', client({ clientId: 'novo-id', name: 'Novo' }))
    const { changes, clients } = report({
      preview: [preview([step('create', undefined, created), step('delete', portal, undefined)])],
    })
    assert.deepEqual(
      changes.map(({ kind, entry, removedUris, addedUris }) => [
        kind,
        entry,
        removedUris,
        addedUris,
      ]),
      [
        ['new', 'novo', [], [callback]],
        ['leaves', 'portal', [], []],
      ],
    )
    assert.deepEqual(
      clients.map(({ entry, status }) => [entry, status]),
      [
        ['novo', 'new'],
        ['portal', 'leaves'],
      ],
    )
  })

  it('A replacement is a client that leaves and a new one', () => {
    const after = resource('portal', client({ clientId: 'other-id' }))
    const steps = ['create-replacement', 'replace', 'delete-replaced'].map((op) =>
      step(op, portal, after),
    )
    const { changes } = report({ preview: [preview(steps)] })
    assert.deepEqual(
      changes.map(({ kind, clientId }) => [kind, clientId]),
      [
        ['leaves', 'portal-id'],
        ['new', 'other-id'],
      ],
    )
  })

  it('A client that moves to another stack is one change, with what else changes', () => {
    const moved = resource(
      'site',
      client({ redirectUris: [callback, entrar] }),
      {},
      { stack: 'dois' },
    )
    const { changes } = report({
      preview: [
        preview([step('delete', portal, undefined)]),
        preview([step('create', undefined, moved)]),
      ],
    })
    assert.deepEqual(
      changes.map(({ kind, addedUris, fields }) => [kind, addedUris, fields]),
      [
        [
          'changed',
          [entrar],
          [
            { field: 'entry', before: 'portal', after: 'site' },
            { field: 'stack', before: 'producao', after: 'dois' },
          ],
        ],
      ],
    )
  })

  it('An address that only the settings of a stack know is no change of the client', () => {
    const local = resource('portal', client(), { endpoints: 'http://127.0.0.1:8080/oauth' })
    const after = resource('portal', client({ email: 'novo@exemplo.gov.br' }))
    const [change, ...others] = report({
      preview: [preview([step('update', local, after)])],
    }).changes
    assert.deepEqual(others, [])
    assert.deepEqual(
      [change?.environment, change?.baseUrl, change?.fields.map(({ field }) => field)],
      [null, 'http://127.0.0.1:8080/oauth', ['email']],
    )
  })

  it('Refusals and warnings of a preview keep their code and their client', () => {
    const { urn } = portal
    const { refusals, warnings, changes } = report({
      preview: [
        preview(
          [],
          [
            {
              urn,
              severity: 'error',
              message:
                '<{%reset%}>error: [POST] … refuses its secret. [AUTENTICACAO_INVALIDA_CLIENT_OAUTH]\n',
            },
            { severity: 'info#err', message: 'warning: the base URL moved. [WARN_PSC_MOVED]\n\n' },
            { severity: 'info', message: 'hello' },
          ],
        ),
      ],
    })
    assert.deepEqual(changes, [])
    assert.deepEqual(
      refusals.map(({ code, message, clients }) => [code, message, clients[0]?.entry]),
      [
        [
          'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
          '[POST] … refuses its secret. [AUTENTICACAO_INVALIDA_CLIENT_OAUTH]',
          'portal',
        ],
      ],
    )
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message]),
      [['WARN_PSC_MOVED', 'the base URL moved. [WARN_PSC_MOVED]']],
    )
  })

  it('A registration is told apart from a client that is adopted', () => {
    const { clientId: _, clientSecret: __, ...application } = client()
    const created = resource('novo', application, {}, { type: 'PscRegistration' })
    const { changes, clients } = report({
      preview: [preview([step('create', undefined, created)])],
    })
    assert.deepEqual(
      changes.map(({ kind, clientId, addedUris }) => [kind, clientId, addedUris]),
      [['registers', null, [callback]]],
    )
    assert.deepEqual(clients, [])
  })
})
