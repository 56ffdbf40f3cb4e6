import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { environment } from '../../scripts/pulumi.ts'

interface Forward {
  readonly forwardSignals: (
    child: { kill: (signal: string) => void },
    from: EventEmitter,
    platform: string,
  ) => () => void
}

const module = pathToFileURL(resolve('scripts', 'forward.mjs')).href
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

describe('A stopped run', () => {
  for (const [platform, passedOn] of [
    ['linux', signals],
    ['darwin', signals],
    ['win32', []],
  ] as const) {
    test(`A stopped run waits for its job, which gets the signal once, on ${platform}`, async () => {
      const { forwardSignals } = (await import(module)) as Forward
      const from = new EventEmitter()
      const heard: string[] = []
      const release = forwardSignals({ kill: (signal) => heard.push(signal) }, from, platform)
      for (const signal of signals) assert.ok(from.emit(signal, signal), 'nobody holds it off')
      assert.deepEqual(heard, passedOn)
      release()
      for (const signal of signals) assert.ok(!from.emit(signal, signal))
    })
  }
})

test('The temporary files of an engine stay in its own folder under any variable', (t) => {
  const backend = mkdtempSync(join(tmpdir(), 'backend-'))
  t.after(() => {
    rmSync(backend, { recursive: true })
  })
  const { TMPDIR, TEMP, TMP } = environment({ folder: '.', stack: 'dev', backend })
  const temporary = join(backend, 'tmp')
  assert.deepEqual({ TMPDIR, TEMP, TMP }, { TMPDIR: temporary, TEMP: temporary, TMP: temporary })
})
