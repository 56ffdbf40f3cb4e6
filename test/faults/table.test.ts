import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, it, mock } from 'node:test'
import { faults } from './support/faults.ts'
import { toMarkdown } from './support/markdown.ts'
import { operations } from './support/operations.ts'
import { type Outcome, strike } from './support/strike.ts'

const page = new URL('README.md', import.meta.url)
const tables = new Map<string, Map<string, Outcome>>()

let hear = (_line: string): void => undefined
mock.method(console, 'warn', (line: string) => {
  hear(line)
})
mock.method(Math, 'random', () => 0.5)

for (const operation of operations) {
  describe(operation.title, () => {
    const rows = new Map<string, Outcome>()
    tables.set(operation.title, rows)
    for (const fault of faults) {
      if (fault.only && !fault.only.includes(operation.asked)) continue
      it(`The operation ${operation.title} survives: ${fault.name}`, async () => {
        const outcome = await strike(operation, fault, (heard) => (hear = heard))
        rows.set(fault.name, outcome)
        for (const line of outcome.seen) {
          assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]|not-a-secret|\bat \S+:\d+/u)
        }
        assertHolds(operation.asked, outcome)
      })
    }
  })
}

/** What is true of every row. */
function assertHolds(asked: string, { requests, inTheState, atTheServer, seen }: Outcome): void {
  // An authorization code is sent once, whatever happens.
  if (asked === 'token') assert.ok(requests <= 1, `${requests} requests`)
  // The state never says more than the PSC has.
  if (inTheState === 'as declared') assert.equal(atTheServer, 'as declared')
  // A failure is never silent.
  if (/^(as before|not proven|.*fails)/.test(inTheState)) assert.notEqual(seen.length, 0)
}

describe('the page', () => {
  it('The page of faults shows what the tests found', () => {
    const text = toMarkdown(tables)
    if (process.env.UPDATE) writeFileSync(page, text)
    assert.equal(readFileSync(page, 'utf8'), text)
  })
})
