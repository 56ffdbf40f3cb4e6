import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfigured } from '../../provider/engine/secret.ts'
import { configKeysOf } from '../../provider/manifest/build.ts'
import { commandForSecret, keyOfPath } from '../../provider/rules/config-path.ts'
import { check, manifestOf } from '../manifest/support.ts'

describe('a { config } reference of a project whose name has a dot', () => {
  const values: Readonly<Record<string, string>> = { 'my.proj:a': '{"b":"not-a-secret"}' }

  it('A path inside a key of that project is found', () => {
    assert.equal(
      readConfigured('my.proj:a.b', (key) => values[key]),
      'not-a-secret',
    )
    assert.equal(keyOfPath('my.proj:a.b'), 'my.proj:a')
  })

  it('The command for a path has --path, and the command for a key has none', () => {
    assert.equal(commandForSecret('my.proj:a'), "`pulumi config set --secret 'my.proj:a'`")
    assert.equal(commandForSecret("a.b'c"), "`pulumi config set --secret --path 'a.b'\\''c'`")
  })

  it('The key of the path counts as a reference of the manifest', () => {
    const { build } = check(manifestOf({ clientSecret: "{ config: 'my.proj:a.b' }" }))
    assert.ok(build)
    assert.ok(configKeysOf(build(), 'my.proj').has('my.proj:a'))
  })
})
