import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import type { Emulator } from '../../emulator/index.ts'
import { engineUnknown, portal, useEmulator } from '../support/fixture.ts'
import {
  type Door,
  type Kept,
  openDynamicDoor,
  openPluginDoor,
  type Outcome,
} from '../support/doors.ts'

const token = 'clientToken 200'
const write = 'clientMaintenance 200'
const refusedToken = 'clientToken 401'
const moved = {
  ...portal,
  redirectUris: [portal.redirectUris[0], 'https://www.aplicacao-exemplo.com/novo'],
}
const wrong = { ...portal, clientSecret: 'not-a-secret-and-wrong' }
const offHost = { ...portal, redirectUris: ['https://www.example.com/'] }
const vidaas = { ...portal, psc: 'vidaas' }
const rotated = {
  ...vidaas,
  clientSecret: 'not-a-secret-but-fresh',
  previousClientSecret: portal.clientSecret,
}
const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const

interface Row {
  readonly promise: string
  /** Whether the client is in the state before. */
  readonly isKept?: boolean
  /** Whether its last write is not known to have taken effect. */
  readonly isUnsettled?: boolean
  /** What goes wrong at the first write. */
  readonly fault?: Parameters<Emulator['faults']['add']>[0]
  readonly run: (door: Door, kept: Kept) => Promise<Outcome>
  readonly codes?: readonly string[]
  readonly requests?: readonly string[]
  readonly changes?: boolean
  readonly replaces?: readonly string[]
  /** What the PSC has in the end. Default: what it had. */
  readonly uris?: readonly (string | undefined)[]
  readonly settled?: false
  readonly isGone?: boolean
}

/**
 * What both doors promise. What differs is not in the table, but in that of docs/languages.md, with its reason: the outputs,
 * which every language can show in the plugin; and when a refusal ends a preview, because the plugin shows it with all others.
 * The warnings of both are compared in test/languages/messages.test.ts.
 */
const table: readonly Row[] = [
  {
    promise: 'a preview of a new client is one token',
    run: (door) => door.preview(portal),
    requests: [token],
  },
  {
    promise: 'a preview refuses a wrong secret with the code of the PSC',
    run: (door) => door.preview(wrong),
    codes: ['AUTENTICACAO_INVALIDA_CLIENT_OAUTH'],
    requests: [refusedToken],
  },
  {
    promise: 'a preview refuses what the rules refuse without a request',
    run: (door) => door.preview(offHost),
    codes: ['URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
  },
  {
    promise: 'a preview refuses an unknown PSC',
    run: (door) => door.preview({ ...portal, psc: 'neo' }),
    codes: ['ERR_PSC_PROFILE'],
  },
  {
    promise: 'an up of a new client is one token and one write',
    run: (door) => door.up(portal),
    requests: [token, write],
    uris: portal.redirectUris,
  },
  {
    promise: 'an up writes nothing that the rules refuse',
    run: (door) => door.up(offHost),
    codes: ['URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
  },
  {
    promise: 'an up with a wrong secret writes nothing',
    run: (door) => door.up(wrong),
    codes: ['AUTENTICACAO_INVALIDA_CLIENT_OAUTH'],
    requests: [refusedToken],
  },
  {
    promise: 'an up whose answer was lost keeps the client as not settled',
    fault: lost,
    run: (door) => door.up(portal),
    codes: ['ERR_PSC_NOT_SETTLED'],
    requests: [token, 'clientMaintenance 503'],
    uris: portal.redirectUris,
    settled: false,
  },
  {
    promise: 'a preview with an unknown secret sends nothing',
    run: (door) => door.preview({ ...portal, clientSecret: engineUnknown }),
  },
  {
    promise: 'a preview without verification sends nothing',
    run: (door) => door.preview({ ...portal, preflight: 'off' }),
  },
  {
    promise: 'a required verification is one token in the preview',
    run: (door) => door.preview({ ...portal, preflight: 'required' }),
    requests: [token],
  },
  {
    promise: 'a required verification before an up is the one token of its write',
    run: (door) => door.up({ ...portal, preflight: 'required' }),
    requests: [token, write],
    uris: portal.redirectUris,
  },
  {
    promise: 'a required secret that is missing is an error',
    run: (door) =>
      door.preview({ ...portal, clientSecret: { env: 'NOT_SET' }, preflight: 'required' }),
    codes: ['ERR_PSC_SECRET_UNAVAILABLE'],
  },
  {
    promise: 'a write whose token the PSC refuses is sent once more with a new one',
    fault: { kind: 'error', code: 'TOKEN_DE_ACESSO_INVALIDO' },
    run: (door) => door.up(portal),
    requests: [token, 'clientMaintenance 401', token, write],
    uris: portal.redirectUris,
  },
  {
    promise: 'a refused write leaves no client in the state',
    fault: { kind: 'error', code: 'APLICACAO_OAUTH_NOME_JA_CADASTRADO' },
    run: (door) => door.up(portal),
    codes: ['APLICACAO_OAUTH_NOME_JA_CADASTRADO'],
    requests: [token, 'clientMaintenance 412'],
  },
  {
    promise: 'a client that is not settled is a change without another declaration',
    isKept: true,
    isUnsettled: true,
    run: (door, kept) => door.preview(portal, kept),
    changes: true,
    requests: [token],
  },
  {
    promise: 'the next up writes a client that is not settled again, and settles it',
    isKept: true,
    isUnsettled: true,
    run: (door, kept) => door.up(portal, kept),
    requests: [token, write],
  },
  {
    promise: 'a refresh leaves a client that is not settled so',
    isKept: true,
    isUnsettled: true,
    run: (door, kept) => door.refresh(kept),
    requests: [token],
    settled: false,
  },
  {
    promise: 'a change whose answer was lost keeps the client as not settled',
    isKept: true,
    fault: lost,
    run: (door, kept) => door.up(moved, kept),
    codes: ['ERR_PSC_NOT_SETTLED'],
    requests: [token, 'clientMaintenance 503'],
    uris: moved.redirectUris,
    settled: false,
  },
  {
    promise: 'another PSC replaces the resource',
    isKept: true,
    run: (door, kept) => door.preview({ ...portal, psc: 'serproid' }, kept),
    changes: true,
    replaces: ['psc'],
    requests: [token],
  },
  {
    promise: 'the preview of a rotation finds that the PSC accepts the previous secret',
    run: (door) => door.preview({ ...rotated, preflight: 'required' }),
    requests: [refusedToken, token],
  },
  {
    promise: 'an up of a rotation sets the secret and proves it',
    run: (door) => door.up(rotated),
    requests: [refusedToken, token, 'clientMaintenance 200', token],
  },
  {
    promise: 'a rotation that would not change the secret is refused',
    run: (door) => door.preview({ ...rotated, clientSecret: portal.clientSecret }),
    codes: ['ERR_PSC_SECRET_UNCHANGED'],
  },
  {
    promise: 'a preview without a change sends nothing',
    isKept: true,
    run: (door, kept) => door.preview(portal, kept),
    changes: false,
  },
  {
    promise: 'another order of the redirect URIs after the first is no change',
    isKept: true,
    run: (door, { inputs, ...kept }) => {
      const uris = [...portal.redirectUris, 'https://www.aplicacao-exemplo.com/c']
      const stored = { ...kept, outputs: { ...kept.outputs, redirectUris: uris } }
      const [first, ...others] = uris
      const news = { ...portal, redirectUris: [first, ...others.reverse()] }
      return door.preview(news, { ...stored, inputs: { ...inputs, redirectUris: uris } })
    },
    changes: false,
  },
  {
    promise: 'another redirect URI is a change',
    isKept: true,
    run: (door, kept) => door.preview(moved, kept),
    changes: true,
    requests: [token],
  },
  {
    promise: 'another client id replaces the resource',
    isKept: true,
    run: (door, kept) => door.preview({ ...portal, clientId: 'vizinho' }, kept),
    changes: true,
    replaces: ['clientId'],
    requests: [token],
  },
  {
    promise: 'an up of a change is one token and one write',
    isKept: true,
    run: (door, kept) => door.up(moved, kept),
    requests: [token, write],
    uris: moved.redirectUris,
  },
  {
    promise: 'a refresh is one token and keeps the client',
    isKept: true,
    run: (door, kept) => door.refresh(kept),
    requests: [token],
  },
  {
    promise: 'a refresh removes a client that the PSC does not know',
    isKept: true,
    run: (door, kept) =>
      door.refresh({ ...kept, outputs: { ...kept.outputs, clientId: 'desconhecido' } }),
    requests: ['clientToken 412'],
    isGone: true,
  },
  {
    promise: 'a refresh with a wrong secret is an error and keeps the client',
    isKept: true,
    run: (door, kept) =>
      door.refresh({ ...kept, outputs: { ...kept.outputs, clientSecret: wrong.clientSecret } }),
    codes: ['AUTENTICACAO_INVALIDA_CLIENT_OAUTH'],
    requests: [refusedToken],
  },
  {
    promise: 'a destroy sends nothing and leaves the client registered',
    isKept: true,
    run: (door, kept) => door.destroy(kept),
    isGone: true,
  },
]

for (const [name, open] of [
  ['dynamic provider', openDynamicDoor],
  ['plugin', openPluginDoor],
] as const) {
  describe(`Through the ${name}`, () => {
    const fixture = useEmulator()
    for (const row of table) {
      test(`Through the ${name}, ${row.promise}`, async () => {
        mock.method(console, 'warn', () => undefined)
        const config = { 'psc:baseUrls': JSON.stringify(fixture.emulator.baseUrls) }
        let kept: Kept = { id: '', outputs: {}, inputs: {} }
        if (row.isKept) {
          const door = await open(config)
          kept = (await door.up(portal)).kept ?? kept
          door.close()
          fixture.emulator.requests.clear()
        }
        if (row.isUnsettled) kept = { ...kept, outputs: { ...kept.outputs, settled: false } }
        if (row.fault) fixture.emulator.faults.add({ ...row.fault, operation: 'clientMaintenance' })
        const door = await open(config)
        try {
          const outcome = await row.run(door, kept)
          assert.deepEqual(outcome.codes, row.codes ?? [])
          assert.deepEqual(fixture.requests(), row.requests ?? [])
          if (row.changes !== undefined) assert.equal(outcome.changes, row.changes)
          if (row.replaces) assert.deepEqual(outcome.replaces, row.replaces)
          if (row.isGone) assert.equal(outcome.kept, undefined)
          const uris = fixture.emulator.registered('neoid', portal.clientId)?.redirectUris
          assert.deepEqual(uris, row.uris ?? (row.isKept ? portal.redirectUris : []))
          assert.equal(outcome.kept?.outputs.settled, row.settled)
        } finally {
          door.close()
          mock.restoreAll()
        }
      })
    }
  })
}
