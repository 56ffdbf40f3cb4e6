import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { pinnedVersion } from '../../scripts/engine/index.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { ensureSdkGenerator } from '../../scripts/engine/sdk-generator.ts'
import { Stack } from '../support/stack.ts'

test('The example in Go compiles against the generated SDK, is previewed and applied, and finds no change afterwards', async (t) => {
  await ensureLanguageHost('go')
  const emulator = await startEmulator({ config: 'examples/go/emulator.yaml' })
  t.after(() => emulator.close())
  const read = (file: string) => readFileSync(join('examples', 'go', file), 'utf8')
  const stack = await Stack.create({
    files: {
      'Pulumi.yaml': read('Pulumi.yaml').replace('../../node_modules', resolve('node_modules')),
      'main.go': read('main.go'),
      // With the versions of the generators, Go compiles only what these lack.
      'go.mod': `${read('go.mod')}\nrequire github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}\n`,
    },
    config: { 'psc:baseUrls': emulator.baseUrls },
    // The first flag is for what `go mod tidy` does once. The second leaves out what a debugger needs.
    env: { PORTAL_NEOID_SECRET: 'not-a-secret-neoid', GOFLAGS: '-mod=mod -ldflags=-w' },
  })
  t.after(() => {
    stack.remove()
  })
  const schema = readFileSync('dist/provider/plugin/schema.json', 'utf8')
  const generated = spawnSync(await ensureSdkGenerator(), [join(stack.folder, 'sdk')], {
    input: schema,
    encoding: 'utf8',
  })
  assert.equal(generated.status, 0, generated.stderr)
  await stack.succeed('up', '--yes')
  const client = emulator.registered('neoid', '64e587fa-4f30-487d-96f0-44e6b14ff620')
  assert.deepEqual(client?.redirectUris, [
    'https://portal.exemplo.gov.br/callback',
    'https://homologacao.portal.exemplo.gov.br/callback',
  ])
  await stack.succeed('preview', '--expect-no-changes')
})
