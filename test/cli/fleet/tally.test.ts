import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { automation } from '@pulumi/pulumi'
import { noCounts, Tally } from '../../../cli/fleet/tally.ts'

type Event = Pick<
  automation.EngineEvent,
  'resOutputsEvent' | 'resOpFailedEvent' | 'diagnosticEvent'
>

const urn = (key: string) => `urn:pulumi:fleet-1::psc::pulumi-nodejs:dynamic/psc:PscClient::${key}`
const stackUrn = 'urn:pulumi:fleet-1::psc::pulumi:pulumi:Stack::psc-fleet-1'

function tally(...events: Event[]): Tally {
  const result = new Tally('up')
  for (const event of events) result.add(event as automation.EngineEvent)
  return result
}

const done = (op: string, key = 'portal') =>
  ({
    resOutputsEvent: {
      metadata: { op, urn: urn(key), type: 'pulumi-nodejs:dynamic/psc:PscClient' },
    },
  }) as unknown as Event
const error = (message: string, of = urn('portal')) =>
  ({ diagnosticEvent: { severity: 'error', message, urn: of, color: 'never' } }) as Event

for (const [op, outcome] of [
  ['create', 'added'],
  ['update', 'changed'],
  ['create-replacement', 'changed'],
  ['same', 'unchanged'],
  ['refresh', 'unchanged'],
  ['delete', 'removed'],
] as const) {
  test(`what the engine calls ${op} is ${outcome}`, () => {
    assert.deepEqual(tally(done(op)).counts, { ...noCounts, [outcome]: 1 })
  })
}

test('what changes is named, also by a name with colons, and what stays is not', () => {
  const { changes } = tally(
    done('create', 'a::b'),
    done('same', 'c'),
    done('update', 'd'),
    done('delete', 'e'),
  )
  assert.deepEqual(changes, [
    { kind: 'added', entry: 'a::b' },
    { kind: 'changed', entry: 'd' },
    { kind: 'removed', entry: 'e' },
  ])
})

test('the stack itself and its provider are not counted', () => {
  const metadata = { op: 'create', urn: stackUrn, type: 'pulumi:pulumi:Stack' }
  const counted = tally({ resOutputsEvent: { metadata } } as unknown as Event)
  assert.deepEqual(counted.counts, noCounts)
})

const url = 'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth'
for (const [kind, message] of [
  [
    'refused',
    `[PUT] "${url}/client_maintenance": 412 APLICACAO_OAUTH_NOME_JA_CADASTRADO (Já existe). Choose another name.`,
  ],
  [
    'refused',
    `pulumi-nodejs:dynamic/psc:PscClient resource 'portal' has a problem: [POST] "${url}/client_token": 401 X`,
  ],
  ['failed', `[PUT] "${url}/client_maintenance": 503, with an empty body. Try again later.`],
  ['failed', `[PUT] "${url}/client_maintenance": 429 TOO_MANY. Try again later.`],
  ['failed', 'the environment variable PORTAL_SECRET is not set here'],
  [
    'failed',
    `pulumi-nodejs:dynamic/psc:PscClient resource 'portal' has a problem: [POST] "${url}/client_token": the connection to https://psc-neoid.estaleiro.serpro.gov.br failed (ECONNREFUSED). Check the base URL and the network, or try again later.`,
  ],
  [
    'failed',
    `pulumi-nodejs:dynamic/psc:PscClient resource 'portal' has a problem: [POST] "${url}/client_token": 503, with an empty body.`,
  ],
  [
    'failed',
    "pulumi-nodejs:dynamic/psc:PscClient resource 'portal' has a problem: the environment variable PORTAL_SECRET is not set here",
  ],
  [
    'refused',
    "pulumi-nodejs:dynamic/psc:PscClient resource 'portal' has a problem: redirectUris[0]: the value is not a URL. Check it. [URI_INVALIDA]",
  ],
] as const) {
  test(`an entry has ${kind}: ${message.slice(0, 60)}`, () => {
    const { counts, problems } = tally(error(message))
    assert.deepEqual(counts, { ...noCounts, [kind]: 1 })
    assert.deepEqual(problems, [{ kind, entry: 'portal', message }])
  })
}

test('what fails after it was planned is counted once, as failed', () => {
  const { counts } = tally(
    error(`[PUT] "${url}": 412 X`),
    { resOpFailedEvent: done('create').resOutputsEvent } as unknown as Event,
    done('create', 'agenda'),
  )
  assert.deepEqual(counts, { ...noCounts, refused: 1, added: 1 })
})

test('that the stack has failed is left out where an entry says why', () => {
  const { problems } = tally(error('update failed', stackUrn), error(`[PUT] "${url}": 412 X`))
  assert.deepEqual(
    problems.map(({ entry }) => entry),
    ['portal'],
  )
})

test('an error of the stack as a whole is told where there is no other', () => {
  const { problems } = tally(error('<{%reset%}>psc:preflight must be auto<{%reset%}>\n', stackUrn))
  assert.deepEqual(problems, [{ kind: 'failed', message: 'psc:preflight must be auto' }])
})

test('a client that a refresh does not find at its PSC is refused, and not removed from a stack', () => {
  const refreshed = new Tally('refresh')
  refreshed.add(done('delete') as automation.EngineEvent)
  assert.deepEqual(refreshed.counts, { ...noCounts, refused: 1 })
  assert.match(refreshed.problems[0]?.message ?? '', /does not know this client any more/)
})

test('warnings are told once: of the program with their entry, of the provider as it said them', () => {
  const say = (severity: string, message: string, of: string) =>
    ({ diagnosticEvent: { severity, message, urn: of, color: 'never' } }) as Event
  const { warnings, counts } = tally(
    say('warning', 'redirectUris[0]: not in its normal form\n', urn('portal')),
    say('info#err', 'warning: neoid could not prove its clients\n', stackUrn),
    say('info#err', 'warning: neoid could not prove its clients\n', stackUrn),
    say('info#err', 'neoid (portal): HTTP 503; trying again in 0.1 s\n', stackUrn),
  )
  assert.deepEqual(warnings, [
    'portal: redirectUris[0]: not in its normal form',
    'neoid could not prove its clients',
  ])
  assert.deepEqual(counts, noCounts)
})
