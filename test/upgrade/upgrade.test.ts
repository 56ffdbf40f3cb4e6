// The state of every stack in the world was written by this version or an earlier one. Each version records some
// (record.ts), and every later one has to take them over.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import type { State } from '../support/stack.ts'
import { operate } from './operate.ts'
import { open, recordings, states } from './recordings.ts'

const recorded = globSync('*/*.json', { cwd: states })
  .sort()
  .map((path) => ({ path, version: dirname(path), name: basename(path, '.json') }))

test('At least one version has recorded each stack of the table, and no other', () => {
  assert.deepEqual(new Set(recorded.map(({ name }) => name)), new Set(Object.keys(recordings)))
})

describe('this version takes over the stacks of earlier versions', { concurrency: 2 }, () => {
  for (const { path, version, name } of recorded) {
    test(`This version previews, refreshes, changes and destroys the stack "${name}" of version ${version}`, async () => {
      await takeOver(name, readFileSync(join(states, path), 'utf8'))
    })
  }
})

async function takeOver(name: string, recording: string): Promise<void> {
  const expected = recordings[name] ?? {}
  await using opened = await open(name)
  const { emulator, stack } = opened
  const imported = opened.fill(recording)
  stack.write('recorded.json', imported)
  await stack.succeed('stack', 'import', '--file', 'recorded.json')

  /** Runs an operation, and answers what it showed and what the PSC was asked for. */
  const run = async (operation: 'preview' | 'refresh' | 'up') => {
    emulator.requests.clear()
    const operated = await operate(stack, operation, expected.isFleet)
    return { ...operated, asked: emulator.requests.list().map(({ operation }) => operation) }
  }

  const preview = await run('preview')
  assert.deepEqual(preview.asked, Array<string>(expected.tokens ?? 0).fill('clientToken'))
  if (expected.preview instanceof RegExp) {
    assert.notEqual(preview.code, 0, preview.output)
    assert.match(preview.output, expected.preview)
  } else {
    assert.equal(preview.code, 0, preview.output)
    assert.deepEqual(preview.outcome, expected.preview ?? {}, preview.output)
  }

  const refresh = await run('refresh')
  assert.equal(refresh.code, 0, refresh.output)
  assert.deepEqual(refresh.outcome, expected.refresh ?? {}, refresh.output)
  assert.deepEqual(refresh.asked.filter(isWrite), [])

  const [from, to] = expected.change ?? ['Assinatura de requerimentos', 'Outra descrição']
  const [file, text] = Object.entries(opened.files).find(([, text]) => text.includes(from)) ?? []
  assert.ok(file && text, `no file of ${name} has the text ${from}`)
  stack.write(file, text.replace(from, to))
  const up = await run('up')
  assert.equal(up.code, 0, up.output)
  assert.deepEqual(up.outcome, expected.up ?? { updated: 1 }, up.output)
  assert.equal(up.asked.filter(isWrite).length, expected.writes ?? 1)
  // What the program reads of a client is the same, whichever version has written it.
  const changed = JSON.parse(imported.replaceAll(from, to)) as State
  assert.deepEqual(outputsOf(await stack.state()), outputsOf(changed))

  emulator.requests.clear()
  await stack.succeed('destroy', '--yes', '--skip-preview')
  assert.deepEqual(emulator.requests.list(), [])
}

function isWrite(operation: string | undefined): boolean {
  return operation !== 'clientToken' && operation !== 'motorRce'
}

function outputsOf({ deployment }: State): unknown {
  return deployment.resources?.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs
}
