import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestJsonSchema } from '../../provider/manifest/json-schema.ts'
import { psc } from './psc.ts'

test('The schema command prints the JSON Schema of a manifest', async () => {
  const { code, stdout, stderr } = await psc(['schema'])
  assert.deepEqual([code, stderr], [0, ''])
  const schema = JSON.parse(stdout) as Record<string, unknown>
  assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema')
  assert.deepEqual(schema, manifestJsonSchema())
})

test('The Portuguese JSON Schema differs from the English one only in what an editor shows', async () => {
  const { stdout } = await psc(['schema', '--lang', 'pt'])
  assert.match(stdout, /"O nome que as pessoas veem ao entrar\. Único em todo o PSC\."/)
  const texts = new Set(['title', 'description', 'patternErrorMessage'])
  const shape = (json: string) =>
    JSON.parse(json, (key, value: unknown) =>
      texts.has(key) && typeof value === 'string' ? '' : value,
    ) as unknown
  assert.deepEqual(shape(stdout), shape(JSON.stringify(manifestJsonSchema())))
})
