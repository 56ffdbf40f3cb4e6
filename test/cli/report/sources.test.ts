import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CommandError } from '../../../cli/errors.ts'
import { readSource } from '../../../cli/report/sources.ts'
import { FileError } from '../../../provider/errors.ts'
import { folderWith } from '../psc.ts'
import { client, preview, resource, result, state } from './support.ts'

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
    ] as const) {
      it(`A file that is ${what} is refused as --${flag}`, () => {
        assert.throws(() => readSource(flag, fileWith(content)), { code: 'ERR_PSC_REPORT_FILE' })
      })
    }
  }

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
