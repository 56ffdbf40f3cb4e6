import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { portal, useEmulator } from '../support/fixture.ts'
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
const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const

interface Row {
  readonly promise: string
  /** Whether the client is in the state before. */
  readonly isKept?: boolean
  /** Whether the PSC loses its answer to the first write. */
  readonly loses?: boolean
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
 * What both doors promise. They differ in two things, which are not in the table: the outputs, which every language can show
 * in the plugin; and when a refusal of the rules ends a preview, because the plugin shows it with all others.
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
    loses: true,
    run: (door) => door.up(portal),
    codes: ['ERR_PSC_NOT_SETTLED'],
    requests: [token, 'clientMaintenance 503'],
    uris: portal.redirectUris,
    settled: false,
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
        if (row.loses) fixture.emulator.faults.add({ ...lost, operation: 'clientMaintenance' })
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
