import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Decision, decide, type Outcome } from '../../provider/http/retry.ts'

const now = new Date('2026-03-02T03:00:00Z')
const minute = 60_000
const answered = (status: number, retryAfter?: string): Outcome => ({
  kind: 'response',
  status,
  retryAfter,
})
const lost: Outcome = { kind: 'failure', transient: true }
const broken: Outcome = { kind: 'failure', transient: false }
const stop: Decision = { repeat: false }
const after = (delayMs: number): Decision => ({ repeat: true, delayMs })
const notBefore = (date: string): Decision => ({ repeat: false, comeBackAt: new Date(date) })

interface Row {
  readonly outcome: Outcome
  readonly attempt?: number
  readonly timeLeftMs?: number
  readonly random?: number
  readonly expected: Decision
}

function check(subject: string, rows: Readonly<Record<string, Row>>): void {
  for (const [name, row] of Object.entries(rows)) {
    it(`${subject} ${name}`, () => {
      const { outcome, attempt = 1, timeLeftMs = minute, random = 0.5, expected } = row
      assert.deepEqual(decide(outcome, { attempt, timeLeftMs, now, random }), expected)
    })
  }
}

describe('an attempt is repeated', () => {
  const repeated = [408, 425, 429, 500, 502, 503, 504]
  it(`A request is retried after the statuses ${repeated.join(', ')} and after no other`, () => {
    const moment = { attempt: 1, timeLeftMs: minute, now, random: 0 }
    const statuses = Array.from({ length: 400 }, (_, index) => 200 + index)
    assert.deepEqual(
      statuses.filter((status) => decide(answered(status), moment).repeat),
      repeated,
    )
  })
  check('A request', {
    'is retried after no response, if there may be one': { outcome: lost, expected: after(125) },
    'is not retried when the same request must fail again': { outcome: broken, expected: stop },
  })
})

describe('the wait', () => {
  check('The pause before a retry', {
    'is at most 250 ms after the first attempt': {
      outcome: lost,
      random: 0.999,
      expected: after(250),
    },
    'may be nothing at all': { outcome: lost, random: 0, expected: after(0) },
    'is spread evenly below its longest': { outcome: lost, random: 0.1, expected: after(25) },
    doubles: { outcome: lost, attempt: 2, expected: after(250) },
    'doubles again': { outcome: lost, attempt: 5, expected: after(2000) },
    'is never longer than 10 s': {
      outcome: lost,
      attempt: 7,
      random: 0.999,
      expected: after(9990),
    },
    'stays finite after a thousand attempts': {
      outcome: lost,
      attempt: 1000,
      expected: after(5000),
    },
    'leaves a second for the next attempt': {
      outcome: lost,
      attempt: 7,
      timeLeftMs: 3000,
      random: 0.999,
      expected: after(1998),
    },
    'is spread below what is left too': {
      outcome: lost,
      attempt: 7,
      timeLeftMs: 3000,
      expected: after(1000),
    },
    'may be drawn from a quarter of a second': {
      outcome: lost,
      attempt: 7,
      timeLeftMs: 1250,
      expected: after(125),
    },
    'ends the operation if even the shortest one does not fit': {
      outcome: answered(503),
      random: 0,
      timeLeftMs: 1249,
      expected: stop,
    },
    'ends the operation when no time is left': {
      outcome: lost,
      random: 0,
      timeLeftMs: -5,
      expected: stop,
    },
  })
})

describe('Retry-After', () => {
  check('A Retry-After', {
    'in seconds is kept to the millisecond': { outcome: answered(503, '7'), expected: after(7000) },
    'wins over the back-off of a late attempt': {
      outcome: answered(503, '2'),
      attempt: 8,
      expected: after(2000),
    },
    'counts with every retried status': {
      outcome: answered(429, '7'),
      expected: after(7000),
    },
    'may have spaces around it': { outcome: answered(503, ' 7 '), expected: after(7000) },
    'is a date in the preferred format': {
      outcome: answered(503, 'Mon, 02 Mar 2026 03:00:30 GMT'),
      expected: after(30_000),
    },
    'is a date in the format of RFC 850': {
      outcome: answered(503, 'Monday, 02-Mar-26 03:00:30 GMT'),
      expected: after(30_000),
    },
    'is a date in the format of asctime, always in GMT': {
      outcome: answered(503, 'Mon Mar  2 03:00:30 2026'),
      expected: after(30_000),
    },
    'of zero seconds is no reason to hurry': { outcome: answered(503, '0'), expected: after(125) },
    'that is over is no reason to hurry': {
      outcome: answered(503, 'Mon, 02 Mar 2026 02:59:00 GMT'),
      expected: after(125),
    },
    'of RFC 850 with a year more than 50 years ahead is over': {
      outcome: answered(503, 'Sunday, 06-Nov-94 08:49:37 GMT'),
      expected: after(125),
    },
    'beyond the deadline ends the operation and says when to come back': {
      outcome: answered(503, '120'),
      expected: notBefore('2026-03-02T03:02:00Z'),
    },
    'that leaves more than a second is kept': {
      outcome: answered(503, '58'),
      expected: after(58_000),
    },
    'that leaves a second ends the operation': {
      outcome: answered(503, '59'),
      expected: notBefore('2026-03-02T03:00:59Z'),
    },
    'for a request that must not be repeated says when to come back': {
      outcome: answered(503, '2'),
      timeLeftMs: 0,
      expected: notBefore('2026-03-02T03:00:02Z'),
    },
    'at the deadline ends the operation too': {
      outcome: answered(503, '60'),
      expected: notBefore('2026-03-02T03:01:00Z'),
    },
    'as a date beyond the deadline says that date': {
      outcome: answered(503, 'Wed, 04 Mar 2026 06:00:00 GMT'),
      expected: notBefore('2026-03-04T06:00:00Z'),
    },
    'in days says that day': {
      outcome: answered(503, '259200'),
      expected: notBefore('2026-03-05T03:00:00Z'),
    },
    'years ahead says that date': {
      outcome: answered(503, 'Thu, 15 Jan 2099 01:02:03 GMT'),
      expected: notBefore('2099-01-15T01:02:03Z'),
    },
    'of an absurd length is held to the last date that HTTP can write': {
      outcome: answered(503, '9'.repeat(400)),
      expected: notBefore('9999-12-31T23:59:59Z'),
    },
    'means nothing with a status that is not retried': {
      outcome: answered(412, '1'),
      expected: stop,
    },
  })
  const unreadable = [
    '',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '5 s',
    'soon',
    '2026-03-02T03:00:30Z',
    'Mar 2 2026',
    'Mon, 02 Mar 2026 03:00:30',
    'Mon, 02 Mar 2026 03:00:30 BRT',
    'Mon, 99 Mar 2026 03:00:30 GMT',
    'Mon, 02 Abr 2026 03:00:30 GMT',
    '٣',
    `${'1'.repeat(20)}x`,
  ]
  for (const value of unreadable) {
    it(`An invalid Retry-After changes nothing: ${JSON.stringify(value)}`, () => {
      const moment = { attempt: 1, timeLeftMs: minute, now, random: 0.5 }
      assert.deepEqual(decide(answered(503, value), moment), after(125))
    })
  }
})
