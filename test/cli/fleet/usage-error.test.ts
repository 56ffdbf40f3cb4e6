import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planParts, readFlags } from '../../../cli/fleet/plan.ts'
import { isExplained } from '../../../provider/errors.ts'

const flags = { prefix: 'psc', lockWait: '0' }

const isUsage = (error: unknown) => isExplained(error) && error.code === 'ERR_PSC_USAGE'

test('a wrong option of psc fleet is an error that needs no stack trace', () => {
  for (const wrong of [{ shards: '0' }, { shard: '9/8' }, { prefix: 'a b' }, { parallel: '65' }]) {
    assert.throws(() => readFlags({ ...flags, ...wrong }), isUsage)
  }
})

test('so is one that is missing', () => {
  const args = { issuer: 'motor-rce', clientId: 'a', clientSecret: { env: 'A' } } as const
  const entries = { clients: [], credentials: [{ key: 'a', args }] }
  assert.throws(() => planParts(entries, readFlags(flags)), isUsage)
})
