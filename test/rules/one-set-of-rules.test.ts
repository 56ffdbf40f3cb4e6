import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { stringify } from 'yaml'
import { checkManifest } from '../../provider/manifest/load.ts'
import { manifestJsonSchema } from '../../provider/manifest/json-schema.ts'
import { type Provider, openProvider, portal } from '../support/fixture.ts'

const host = 'www.aplicacao-exemplo.com'

const uris = (...redirectUris: string[]) => ({ redirectUris })

const hosts = (...names: string[]) => ({ certificate: { hosts: names } })

/** A client at a PSC that registers without a certificate. */
const without = { psc: 'birdid', certificate: undefined }

interface Case {
  readonly why: string
  readonly changes: Readonly<Record<string, unknown>>
  /** Path and code of each; empty for what is accepted. */
  readonly refusals: readonly string[]
  /** What JSON Schema cannot say is left to the others; what it refuses, they refuse. */
  readonly schema?: 'refuses'
}

const table: readonly Case[] = [
  { why: 'the example of the NeoID document', changes: {}, refusals: [] },
  { why: 'a port and a query', changes: uris(`https://${host}:8443/a?b=c`), refusals: [] },
  { why: 'a host of a wildcard', changes: hosts('*.aplicacao-exemplo.com'), refusals: [] },
  { why: 'not its normal form', changes: uris(`https://${host.toUpperCase()}/a`), refusals: [] },
  {
    why: 'http',
    changes: uris(`http://${host}/a`),
    refusals: ['redirectUris[0] URI_HTTPS_OBRIGATORIO'],
    schema: 'refuses',
  },
  {
    why: 'no URL',
    changes: uris('callback'),
    refusals: ['redirectUris[0] URI_INVALIDA'],
    schema: 'refuses',
  },
  {
    why: 'an empty fragment',
    changes: uris(`https://${host}/a#`),
    refusals: ['redirectUris[0] ERR_PSC_URI_FRAGMENT'],
    schema: 'refuses',
  },
  {
    why: 'another host',
    changes: uris(`https://${host}/a`, 'https://outra.exemplo.com/a'),
    refusals: ['redirectUris[1] URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
  },
  {
    why: 'two labels for one wildcard',
    changes: { ...uris('https://a.b.exemplo.com/'), ...hosts('*.exemplo.com') },
    refusals: ['redirectUris[0] URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
  },
  {
    why: 'user info',
    changes: uris(`https://eu@${host}/a`),
    refusals: ['redirectUris[0] ERR_PSC_URI_USER_INFO'],
  },
  {
    why: 'a wildcard',
    changes: uris('https://*.exemplo.com/a'),
    refusals: ['redirectUris[0] ERR_PSC_URI_WILDCARD'],
    schema: 'refuses',
  },
  {
    why: 'a URI twice',
    changes: uris(`https://${host}/a`, `https://${host}/a`),
    refusals: ['redirectUris[1] ERR_PSC_URI_REPEATED'],
    schema: 'refuses',
  },
  {
    why: 'no URI',
    changes: uris(),
    refusals: ['redirectUris PELO_MENOS_UMA_REDIRECT_URI'],
    schema: 'refuses',
  },
  {
    why: 'no address',
    changes: { email: 'suporte' },
    refusals: ['email CONTATO_EMAIL_INVALIDO'],
    schema: 'refuses',
  },
  { why: 'no name', changes: { name: '' }, refusals: ['name ERR_PSC_MISSING'], schema: 'refuses' },
  {
    why: 'a line break in the name',
    changes: { name: 'a\nb' },
    refusals: ['name ERR_PSC_CHARACTER'],
  },
  {
    why: 'a space in the client id',
    changes: { clientId: 'a b' },
    refusals: ['clientId ERR_PSC_CHARACTER'],
    schema: 'refuses',
  },
  {
    why: 'a secret from two places',
    changes: { clientSecret: { env: 'A', file: 'b' } },
    refusals: ['clientSecret ERR_PSC_SECRET_FORM'],
    schema: 'refuses',
  },
  { why: 'no certificate at a PSC that registers without one', changes: without, refusals: [] },
  {
    why: 'no certificate at a PSC that compares redirect URIs with one',
    changes: { certificate: undefined },
    refusals: ['certificate ERR_PSC_MISSING'],
  },
  {
    why: 'http on this machine at a PSC that accepts it',
    changes: {
      ...without,
      ...uris('http://localhost:3000/callback', 'http://127.0.0.1:8080/', 'http://[::1]/a'),
    },
    refusals: [],
  },
  {
    why: 'a certificate that is the own promise of a team',
    changes: { ...uris('https://outra.exemplo.com/', 'http://localhost/'), psc: 'birdid' },
    refusals: ['redirectUris[0] URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
  },
  {
    why: 'http on another machine at a PSC that accepts http on this one',
    changes: {
      ...without,
      ...uris(
        'http://portal.exemplo.gov.br/',
        'http://localhost.exemplo.com/',
        'http://a.localhost/',
        'http://128.0.0.1/',
      ),
    },
    refusals: [0, 1, 2, 3].map((index) => `redirectUris[${index}] URI_HTTPS_OBRIGATORIO`),
    schema: 'refuses',
  },
  {
    why: 'http on this machine at a PSC that compares redirect URIs with a certificate',
    changes: { ...uris('http://localhost:3000/'), ...hosts('localhost') },
    refusals: ['redirectUris[0] URI_HTTPS_OBRIGATORIO'],
  },
  {
    why: 'a redirect URI that the PSC adds itself',
    changes: { ...uris(`https://${host}/a`, 'push://'), psc: 'vidaas' },
    refusals: [],
  },
  {
    why: 'a preflight that there is not',
    changes: { preflight: 'maybe' },
    refusals: ['preflight ERR_PSC_CHOICE'],
    schema: 'refuses',
  },
]

/** A manifest with one client. */
const manifestOf = (client: object) => ({ clients: { portal: client } })

describe('one set of rules', () => {
  let provider: Provider
  const validate = new Ajv2020({ strict: false }).compile(manifestJsonSchema())
  before(async () => {
    provider = await openProvider('PscClient', { 'psc:preflight': 'off' })
  })

  for (const { why, changes, refusals, schema } of table) {
    const client = { ...portal, ...changes }

    // The engine calls the same check before a preview and before an apply; olds tell new from known clients.
    for (const [when, olds] of [
      ['preview and apply of a new client', {}],
      ['preview and apply of a known client', portal],
    ] as const) {
      it(`The ${when} judges like the other doors: ${why}`, async () => {
        const { failures = [] } = await provider.check(olds, client)
        assert.deepEqual(
          failures.map(({ reason }) => verdictOf(reason)),
          refusals,
        )
      })
    }

    it(`The manifest judges like the other doors: ${why}`, () => {
      const text = stringify(manifestOf({ ...client, clientSecret: secretOf(client) }))
      const { problems } = checkManifest('clients.yaml', { readFile: () => Buffer.from(text) })
      const errors = problems.filter(({ severity }) => severity === 'error')
      const verdicts = errors.map(({ path, code }) => {
        const [, , field, index] = path
        const place = typeof index === 'number' ? `${String(field)}[${index}]` : String(field)
        return `${place} ${code}`
      })
      assert.deepEqual(verdicts, refusals)
    })

    it(`The JSON Schema judges like the other doors: ${why}`, () => {
      assert.equal(
        validate(manifestOf({ ...client, clientSecret: secretOf(client) })),
        schema !== 'refuses',
      )
    })
  }
})

/** A manifest warns of a secret in clear text, which is not what these cases are about. */
function secretOf({ clientSecret }: { readonly clientSecret: unknown }): unknown {
  return typeof clientSecret === 'string' ? { env: 'PORTAL_SECRET' } : clientSecret
}

/** `redirectUris[0]: … [URI_INVALIDA]` is the verdict `redirectUris[0] URI_INVALIDA`. */
function verdictOf(reason: string): string {
  const [, path = '', code = ''] = /^([\w[\]]+): .* \[([A-Z_]+)\]$/.exec(reason) ?? []
  return `${path} ${code}`
}
