import assert from 'node:assert/strict'
import { appendFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { providerCode } from '../../provider/engine/dynamic-resource.ts'
import { portal, useStack } from '../support/fixture.ts'

const program = `
import { PscClient } from 'pulumi-psc'
new PscClient('portal', ${JSON.stringify({ ...portal, clientSecret: { env: 'PORTAL_SECRET' } })})
`

const installed = join('node_modules', 'pulumi-psc')

const fixture = useStack({
  // A package of its own, so that the program finds the copy below and not this repository.
  files: { 'index.ts': program, 'package.json': '{"type":"module"}' },
  prepare: async (stack) => {
    cpSync('dist', join(stack.folder, installed, 'dist'), { recursive: true })
    cpSync('package.json', join(stack.folder, installed, 'package.json'))
    await stack.succeed('up', '--yes', '--skip-preview')
  },
})

test('The state keeps one constant line of the provider and nothing of the implementation', async () => {
  const { deployment } = await fixture.stack.state()
  const portal = deployment.resources?.find(({ urn }) => urn.endsWith('::portal'))
  assert.equal(portal?.inputs?.__provider, providerCode)
  assert.equal(portal.outputs?.__provider, providerCode)
})

test('Existing resources use a changed implementation without a diff', async () => {
  const file = join(fixture.stack.folder, installed, 'dist/provider/client/verbs.js')
  appendFileSync(file, "\nconsole.warn('the second implementation')\n")
  for (const command of [
    ['preview', '--expect-no-changes'],
    ['refresh', '--yes', '--skip-preview'],
    ['destroy', '--yes', '--skip-preview'],
  ]) {
    assert.match(await fixture.stack.succeed(...command), /the second implementation/)
  }
})
