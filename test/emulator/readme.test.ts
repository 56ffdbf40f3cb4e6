import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { startEmulator } from '../../emulator/index.ts'
import type { EmulatorConfig, FaultInput } from '../../emulator/index.ts'
import { z } from 'zod'
import { behaviourSchema } from '../../emulator/config/schema.ts'
import { faultSchema } from '../../emulator/faults/schema.ts'

const readme = readFileSync(new URL('../../emulator/README.md', import.meta.url), 'utf8')

function block(language: string): string {
  const fenced = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's')
  return fenced.exec(readme)?.[1] ?? assert.fail(`no ${language} in the README`)
}

test('The emulator accepts the configuration and the faults of its README', async () => {
  const config = parse(block('yaml')) as EmulatorConfig
  const emulator = await startEmulator({ config, port: 0 })
  try {
    const scripts = JSON.parse(block('json')) as FaultInput[]
    assert.equal(emulator.faults.add(...scripts).length, scripts.length)
    const posted = /-d '(\{ "kind": .*\})'/.exec(readme)?.[1] ?? ''
    emulator.faults.add(JSON.parse(posted) as FaultInput)
  } finally {
    await emulator.close()
  }
})

test('The README has a row for every kind of fault and no other', () => {
  const table = /\| kind +\|.*?\n\n/s.exec(readme)?.[0] ?? ''
  const rows = [...table.matchAll(/^\| `(\w+)` +\|/gm)].map(([, kind]) => kind)
  const kinds = faultSchema.options.map((option) => option.shape.kind.value)
  assert.deepEqual(rows.toSorted(), kinds.toSorted())
})

test('The README has a row for every key of a behaviour, with every value', () => {
  const table = /\| key +\| values.*?\n\n/s.exec(readme)?.[0] ?? ''
  const rows = new Map(
    [...table.matchAll(/^\| `(\w+)` +\|([^|]*)\|/gm)].map(([, key, values]) => [key, values]),
  )
  assert.deepEqual([...rows.keys()].toSorted(), Object.keys(behaviourSchema.shape).toSorted())
  const { properties = {} } = z.toJSONSchema(behaviourSchema, { io: 'input' })
  for (const [key, schema] of Object.entries(properties)) {
    const values = (typeof schema === 'object' ? schema.enum : undefined) ?? []
    for (const value of values) assert.ok(rows.get(key)?.includes(`\`${String(value)}\``), key)
  }
})
