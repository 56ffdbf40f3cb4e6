import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { automation } from '@pulumi/pulumi'
import type { Operation } from '../../../cli/fleet/options.ts'
import { noCounts, Outcomes, type StackOutcomes } from '../../../cli/fleet/outcomes.ts'

type Event = Pick<
  automation.EngineEvent,
  'resourcePreEvent' | 'resOutputsEvent' | 'resOpFailedEvent' | 'diagnosticEvent'
>

const type = 'pulumi-nodejs:dynamic/psc:PscClient'
const urn = (key: string) => `urn:pulumi:fleet-1::psc::${type}::${key}`
const stackUrn = 'urn:pulumi:fleet-1::psc::pulumi:pulumi:Stack::psc-fleet-1'

function outcomesOf(operation: Operation, ...events: Event[]): StackOutcomes {
  const outcomes = new Outcomes(operation)
  for (const event of events) outcomes.add(event as automation.EngineEvent)
  return outcomes.result
}

const outcomes = (...events: Event[]) => outcomesOf('up', ...events)

const step = (op: string, key = 'portal', state: object = {}) => ({
  metadata: { op, urn: urn(key), type, ...state },
})
const done = (...args: Parameters<typeof step>) =>
  ({ resOutputsEvent: step(...args) }) as unknown as Event
const begun = (...args: Parameters<typeof step>) =>
  ({ resourcePreEvent: step(...args) }) as unknown as Event
const diagnostic = (severity: string, message: string, of: string) =>
  ({ diagnosticEvent: { severity, message, urn: of, color: 'never' } }) as Event
const error = (message: string, of = urn('portal')) => diagnostic('error', message, of)

for (const [op, outcome] of [
  ['create', 'added'],
  ['update', 'changed'],
  ['create-replacement', 'changed'],
  ['same', 'unchanged'],
  ['refresh', 'unchanged'],
  ['delete', 'removed'],
] as const) {
  test(`An operation that the engine calls ${op} counts as ${outcome}`, () => {
    assert.deepEqual(outcomes(done(op)).counts, { ...noCounts, [outcome]: 1 })
  })
}

test('The outcomes name changes, even by a name with colons, and no unchanged entries', () => {
  const { changes } = outcomes(
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

test('The outcomes do not count the stack itself and its provider', () => {
  const metadata = { op: 'create', urn: stackUrn, type: 'pulumi:pulumi:Stack' }
  const { counts } = outcomes({ resOutputsEvent: { metadata } } as unknown as Event)
  assert.deepEqual(counts, noCounts)
})

for (const [kind, code] of [
  ['refused', 'URI_HTTPS_OBRIGATORIO'],
  ['refused', 'invalid_client'],
  ['refused', 'ERR_PSC_REFUSED'],
  ['failed', 'ERR_PSC_UNAVAILABLE'],
  ['failed', 'ERR_PSC_UNEXPECTED_ANSWER'],
  ['failed', 'ERR_PSC_SECRET_UNAVAILABLE'],
  ['failed', 'ERR_PSC_NOT_SETTLED'],
] as const) {
  test(`An entry counts as ${kind} by the code at the end of its message: ${code}`, () => {
    for (const message of [
      `whatever it says, such as 412 [X]. Do this. [${code}]`,
      `${type} resource 'portal' has a problem: in two\nlines [${code}]`,
    ]) {
      const { counts, problems } = outcomes(error(`<{%reset%}>${message}<{%reset%}>\n`))
      assert.deepEqual(counts, { ...noCounts, [kind]: 1 })
      assert.deepEqual(problems, [{ kind, entry: 'portal', code, message }])
    }
  })
}

test('An error in the words of the engine counts as failed, with a code of ours', () => {
  const { problems } = outcomes(error('1 error occurred:\n\t* the plugin has gone\n'))
  assert.deepEqual(problems, [
    {
      kind: 'failed',
      entry: 'portal',
      code: 'ERR_PSC_ENGINE',
      message: 'the plugin has gone [ERR_PSC_ENGINE]',
    },
  ])
})

test('A word in brackets at the end of a message is a code only where a list has it', () => {
  const { problems, warnings } = outcomes(
    error('no provider found [terraform]'),
    diagnostic('warning', 'deprecated [soon]', stackUrn),
  )
  assert.deepEqual(
    problems.map(({ kind, code }) => [kind, code]),
    [['failed', 'ERR_PSC_ENGINE']],
  )
  assert.deepEqual(warnings, [{ message: 'deprecated [soon]' }])
})

test('A planned change that fails is counted once, as failed', () => {
  const { counts } = outcomes(
    error('no [URI_INVALIDA]'),
    { resOpFailedEvent: step('create') } as unknown as Event,
    done('create', 'agenda'),
  )
  assert.deepEqual(counts, { ...noCounts, refused: 1, added: 1 })
})

test('The failure of the stack is left out where an entry explains it', () => {
  const { problems } = outcomes(error('update failed', stackUrn), error('no [URI_INVALIDA]'))
  assert.deepEqual(
    problems.map(({ entry }) => entry),
    ['portal'],
  )
})

test('An error of the whole stack is reported where there is no other', () => {
  const message = 'psc:preflight must be auto [ERR_PSC_CONFIGURATION]'
  const { problems } = outcomes(error(message, stackUrn))
  assert.deepEqual(problems, [{ kind: 'refused', code: 'ERR_PSC_CONFIGURATION', message }])
})

test('A client that a refresh does not find at its PSC counts as refused, not as removed', () => {
  const { counts, problems } = outcomesOf('refresh', done('delete'))
  assert.deepEqual(counts, { ...noCounts, refused: 1 })
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['ERR_PSC_UNKNOWN_CLIENT'],
  )
})

test('A warning is reported once, with its entry if the program logged it', () => {
  const { warnings, counts } = outcomes(
    diagnostic(
      'warning',
      'redirectUris[0]: not in its normal form [WARN_PSC_URI_NORMAL_FORM]\n',
      urn('portal'),
    ),
    diagnostic('info#err', 'warning: neoid is unavailable [WARN_PSC_UNAVAILABLE]\n', stackUrn),
    diagnostic('info#err', 'warning: neoid is unavailable [WARN_PSC_UNAVAILABLE]\n', stackUrn),
    diagnostic('info#err', 'neoid: HTTP 503. Retrying for up to 60 s.\n', stackUrn),
  )
  assert.deepEqual(warnings, [
    {
      entry: 'portal',
      code: 'WARN_PSC_URI_NORMAL_FORM',
      message: 'redirectUris[0]: not in its normal form [WARN_PSC_URI_NORMAL_FORM]',
    },
    { code: 'WARN_PSC_UNAVAILABLE', message: 'neoid is unavailable [WARN_PSC_UNAVAILABLE]' },
  ])
  assert.deepEqual(counts, noCounts)
})

const state = (clientId: string) => ({ id: clientId, inputs: { psc: 'neoid', clientId } })
const provider = diagnostic('info#err', 'warning: it stays [WARN_PSC_STAYS_REGISTERED]\n', stackUrn)
const staying = ({ warnings }: StackOutcomes) => warnings.map(({ entry, code }) => [entry, code])

test('A client that leaves its stack is one warning with its entry', () => {
  const result = outcomes(provider, done('delete', 'portal', { old: state('a') }))
  assert.deepEqual(staying(result), [['portal', 'WARN_PSC_STAYS_REGISTERED']])
  assert.deepEqual(staying(outcomesOf('preview', done('delete'))), [])
})

test('A client that replaces another one leaves that one behind, with a warning', () => {
  const states = { old: state('a'), new: state('b') }
  const result = outcomes(
    begun('create-replacement', 'portal', states),
    provider,
    done('delete-replaced', 'portal', { old: state('a') }),
  )
  assert.deepEqual(staying(result), [['portal', 'WARN_PSC_STAYS_REGISTERED']])
})

test('A client that is only written again leaves nothing behind', () => {
  const states = { old: state('a'), new: state('a') }
  const result = outcomes(
    begun('create-replacement', 'portal', states),
    provider,
    done('delete-replaced', 'portal', { old: state('a') }),
  )
  assert.deepEqual(staying(result), [])
})
