import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import type { Operation } from '../../../cli/fleet/options.ts'
import { warnOfParts } from '../../../cli/fleet/plan.ts'
import { Progress } from '../../../cli/fleet/progress.ts'
import type { StackResult } from '../../../cli/fleet/protocol.ts'
import { type FleetChange, noCounts, noOutcomes } from '../../../cli/fleet/outcomes.ts'
import { type FleetRun, isGood, jsonReport, textReport } from '../../../cli/fleet/report.ts'
import type { FleetReport } from './folder.ts'

const done = (told: Partial<StackResult>): StackResult => ({
  ...noOutcomes,
  outcome: 'done',
  ...told,
})

const changed = (kind: FleetChange['kind'], ...entries: string[]): FleetChange[] =>
  entries.map((entry) => ({ kind, entry }))

/** A run over stacks of so many clients. */
function run(
  operation: Operation,
  stacks: Readonly<Record<string, readonly [clients: number, result: StackResult | undefined]>>,
): FleetRun {
  const entry = { key: 'a', args: {} } as never
  const parts = Object.entries(stacks).map(([stack, [clients]]) => ({
    stack,
    clients: Array.from({ length: clients }, () => entry),
    credentials: [],
  }))
  return {
    operation,
    parts,
    partWarnings: warnOfParts(operation, parts, []),
    results: new Map(
      Object.entries(stacks).flatMap(([stack, [, result]]) => (result ? [[stack, result]] : [])),
    ),
    warnings: [],
    milliseconds: 65_000,
  }
}

describe('the summary', () => {
  const changes = [
    ...changed('added', 'b', 'c'),
    ...changed('changed', 'a'),
    ...changed('removed', 'z'),
  ]
  const counts = { ...noCounts, added: 2, changed: 1, unchanged: 1, removed: 1 }
  const stacks = {
    'fleet-1': [4, done({ counts, changes })],
    'fleet-2': [1, done({ counts: { ...noCounts, unchanged: 1 } })],
  } as const

  it('The summary of a preview names what would change, with the marks of Pulumi', () => {
    assert.equal(
      textReport(run('preview', stacks)),
      [
        'fleet-1 (done)',
        '  + b, c',
        '  ~ a',
        '  - z',
        '',
        'preview: 5 entries in 2 stacks, 1:05',
        '  2 added, 1 changed, 2 unchanged, 1 removed',
        '',
      ].join('\n'),
    )
  })

  it('The summary of an up counts the changes that its preview has named', () => {
    assert.doesNotMatch(textReport(run('up', stacks)), /fleet-1/)
  })

  it('The summary names the first twenty of many entries, without control characters', () => {
    const many = changed('added', '\u001b[2J', ...Array.from({ length: 1_020 }, (_, i) => `c${i}`))
    const report = textReport(run('preview', { s: [1_021, done({ changes: many })] }))
    assert.match(report, /^ {2}\+ \\u\{1B\}\[2J, c0, .*, c18 and 1,001 more$/m)
  })

  it('The JSON summary names all entries', () => {
    const { stacks: told } = JSON.parse(jsonReport(run('preview', stacks))) as {
      stacks: { stack: string; changes: FleetChange[] }[]
    }
    assert.deepEqual(
      told.map((one) => one.changes),
      [changes, []],
    )
  })

  it('The JSON report has the warnings of the manifest, and of a stack that the manifest empties', () => {
    const warning = {
      severity: 'warning',
      path: ['clients', 'a', 'comments'],
      code: 'WARN_PSC_LINE_BREAK',
      message: 'the text has a line break. Write it on one line.',
      file: 'clients.yaml',
    } as const
    const report = (operation: Operation) => {
      const stacks = { 'fleet-1': [1, done({})], 'fleet-2': [0, done({})] } as const
      const text = jsonReport({ ...run(operation, stacks), warnings: [warning] })
      return JSON.parse(text) as FleetReport & { warnings: { code: string; entry: string }[] }
    }
    const { warnings, stacks } = report('up')
    assert.deepEqual(
      warnings.map(({ code, entry }) => [code, entry]),
      [['WARN_PSC_LINE_BREAK', 'client a']],
    )
    const codes = stacks.map((stack) => stack.warnings.map(({ code }) => code))
    assert.deepEqual(codes, [[], ['WARN_PSC_STACK_EMPTIED']])
    assert.ok(report('refresh').stacks.every((stack) => stack.warnings.length === 0))
  })

  it('The summary names what was not reached, not begun, locked and warned about', () => {
    const report = textReport(
      run('up', {
        a: [
          3,
          done({ outcome: 'locked', problems: [{ kind: 'failed', message: 'two\nlines\u0007' }] }),
        ],
        b: [2, undefined],
        c: [
          1,
          done({
            counts: { ...noCounts, added: 1 },
            warnings: [{ entry: 'y', message: 'old' }, { message: 'all' }],
          }),
        ],
      }),
    )
    assert.equal(
      report,
      [
        'a (locked)',
        '  failed: two',
        '    lines\\u{7}',
        '  If no other run uses it any more: pulumi cancel --yes --stack a',
        '',
        'c (done)',
        '  warning y: old',
        '  warning: all',
        '',
        'up: 6 entries in 3 stacks, 1:05',
        '  1 added',
        '  5 not reached: correct the problems above and run again',
        '  1 of the stacks did not begin',
        '',
      ].join('\n'),
    )
  })
})

test('A run with an entry that was not reached is not good, and does not report that there is nothing to do', () => {
  const none = run('preview', { a: [3, done({})] })
  assert.equal(isGood(none), false)
  assert.doesNotMatch(textReport(none), /nothing to do/)
  const all = run('refresh', { a: [1, done({ counts: { ...noCounts, unchanged: 1 } })] })
  assert.equal(isGood(all), true)
  assert.match(textReport(run('up', {})), /nothing to do/)
})

/** What a screen is given; the part of a line that tells the time is left out. */
function screen(isTerminal: boolean, columns?: number) {
  const written: string[] = []
  const write = (text: string) => written.push(text)
  return { screen: { isTerminal, columns, write }, written }
}

describe('progress', () => {
  const result = done({ counts: { ...noCounts, added: 2 } })

  it('Progress on a terminal is one line: the running stacks and the waiting ones', () => {
    const { screen: terminal, written } = screen(true, 200)
    const progress = new Progress(terminal, 'up', 3)
    progress.started('a')
    progress.started('b')
    progress.waiting('b')
    assert.match(
      String(written.at(-1)),
      /^\r\u001b\[Kup: 0 of 3 stacks · \d:\d\d · a · waiting for another run: b$/,
    )
    progress.started('b')
    progress.ended('a', result)
    assert.match(String(written.at(-1)), /^\r\u001b\[Kup: 1 of 3 stacks · 2 added · \d:\d\d · b$/)
    progress.close()
    assert.equal(written.at(-1), '\r\u001b[K')
    assert.ok(written.every((text) => !text.includes('\n')))
  })

  for (const columns of [0, undefined]) {
    it(`Progress on a terminal of ${columns} columns is as long as on one of 80`, () => {
      const { screen: terminal, written } = screen(true, columns)
      const progress = new Progress(terminal, 'up', 1)
      progress.started('x'.repeat(100))
      progress.close()
      assert.equal(written[0]?.replace('\r\u001b[K', '').length, 79)
    })
  }

  it('Progress in a log is a line for every stack', () => {
    const { screen: log, written } = screen(false)
    const progress = new Progress(log, 'up', 2)
    progress.started('a')
    progress.counted('a', result.counts)
    progress.waiting('b')
    progress.ended('a', result)
    progress.ended('b', done({ outcome: 'locked' }))
    progress.close()
    assert.deepEqual(written, [
      'b: in use by another run, waiting\n',
      'a: 2 added\n',
      'b: locked\n',
    ])
  })
})
