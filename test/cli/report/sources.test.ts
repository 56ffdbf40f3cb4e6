import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CommandError } from '../../../cli/errors.ts'
import { readSource } from '../../../cli/report/sources.ts'
import { FileError } from '../../../provider/errors.ts'
import { folderWith } from '../psc.ts'
import { client, preview, resource, result, state, step } from './support.ts'

const documents = {
  state: JSON.stringify(state(resource('portal', client()))),
  preview: JSON.stringify(preview([])),
  verify: JSON.stringify({ results: [result()] }),
}

const flags = ['state', 'preview', 'verify'] as const

function fileWith(content: string | Uint8Array): string {
  return join(folderWith({ 'x.json': content }), 'x.json')
}

describe('the files of a report', () => {
  for (const flag of flags) {
    for (const kind of flags.filter((other) => other !== flag)) {
      it(`A ${kind} given as --${flag} is refused, with the flag that it needs`, () => {
        const file = fileWith(documents[kind])
        assert.throws(
          () => readSource(flag, file),
          (error) => {
            assert.ok(error instanceof CommandError)
            assert.equal(error.code, 'ERR_PSC_REPORT_FILE')
            assert.ok(error.message.startsWith(`--${flag} ${file}: `), error.message)
            assert.match(error.message, new RegExp(`Give it with --${kind}\\.`))
            return true
          },
        )
      })
    }

    for (const [what, content] of [
      ['empty', ''],
      ['no JSON', 'Previewing update (dev)'],
      ['a list', '[]'],
      ['another document', '{"version":3}'],
      ['nested without end', '['.repeat(1_000_000)],
      ['cut short', documents[flag].slice(0, -20)],
    ] as const) {
      it(`A file that is ${what} is refused as --${flag}`, () => {
        assert.throws(() => readSource(flag, fileWith(content)), { code: 'ERR_PSC_REPORT_FILE' })
      })
    }
  }

  /** As the engine writes it with PULUMI_ENABLE_STREAMING_JSON_PREVIEW: seen with Pulumi 3.259. */
  const streamed = (end: object) => {
    const urn = String(resource('portal', client()).urn)
    const events = [
      { preludeEvent: { config: { 'psc:baseUrls': '{"neoid":"http://127.0.0.1:8080/oauth"}' } } },
      { diagnosticEvent: { prefix: 'debug: ', message: 'x', severity: 'debug' } },
      {
        resourcePreEvent: {
          metadata: { op: 'create', urn, old: null, new: resource('portal', client()) },
        },
      },
      { diagnosticEvent: { urn, prefix: 'error: ', message: 'no [X_Y]', severity: 'error' } },
      end,
    ]
    return events.map((event, sequence) => JSON.stringify({ sequence, ...event })).join('\n')
  }

  it('A streamed preview, of one event a line, tells the same as a preview of one document', () => {
    const [created, portal] = [
      step('create', undefined, resource('portal', client())),
      resource('portal', client()),
    ]
    const config = { 'psc:baseUrls': '{"neoid":"http://127.0.0.1:8080/oauth"}' }
    const whole = readSource(
      'preview',
      fileWith(
        JSON.stringify({
          ...preview(
            [{ ...created, newState: portal }],
            [{ urn: portal.urn, message: 'error: no [X_Y]', severity: 'error' }],
          ),
          config,
        }),
      ),
    )
    const { steps, diagnostics } = readSource('preview', fileWith(streamed({ summaryEvent: {} })))
    assert.deepEqual(steps, whole.steps)
    assert.deepEqual(diagnostics.slice(1), whole.diagnostics)
    assert.deepEqual(steps[0]?.after?.baseUrls, { neoid: 'http://127.0.0.1:8080/oauth' })
  })

  it('A streamed preview without its end is refused: a report of a part would seem to be whole', () => {
    assert.throws(() => readSource('preview', fileWith(streamed({}))), {
      code: 'ERR_PSC_REPORT_FILE',
    })
  })

  it('A stack without a resource is a state', () => {
    assert.deepEqual(readSource('state', fileWith('{"version":3,"deployment":{}}')), [])
  })

  it('A FIFO, a folder, a missing file and UTF-16 are refused by their name', () => {
    const folder = folderWith({ 'utf16.json': Buffer.from('\uFEFF{}', 'utf16le') })
    const fifo = join(folder, 'fifo')
    execFileSync('mkfifo', [fifo])
    for (const file of [fifo, folder, join(folder, 'missing'), join(folder, 'utf16.json')]) {
      assert.throws(
        () => readSource('preview', file),
        (error) => error instanceof FileError && error.message.startsWith(`${file}: `),
      )
    }
  })
})
