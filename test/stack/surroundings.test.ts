import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, test } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { PscClient, PscRegistration, TokenCredential } from '../../provider/index.ts'
import { portal } from '../support/fixture.ts'
import { Stack } from '../support/stack.ts'

const { certificate: _, clientId, clientSecret, psc, ...application } = portal

for (const [type, declare] of Object.entries({
  PscClient: () => new PscClient('a', { ...portal, psc: 'neoid' }, { import: 'a' }),
  TokenCredential: () =>
    new TokenCredential('a', { issuer: psc, clientId, clientSecret }, { import: 'a' }),
  PscRegistration: () =>
    new PscRegistration('a', { ...application, psc: 'vidaas' }, { import: 'a' }),
})) {
  test(`A ${type} refuses the option import with what to do instead`, () => {
    assert.throws(declare, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error))
      assert.match(error.message, new RegExp(`^${type} "a": .*\\[ERR_PSC_IMPORT\\]$`))
      return true
    })
  })
}

test('A program whose folder lacks the package is refused with the folder and the command', async () => {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'psc-workspace-')))
  after(() => {
    rmSync(workspace, { recursive: true })
  })
  const link = (target: string, path: string) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    symlinkSync(target, join(workspace, path), 'junction')
  }
  const sdk = resolve('node_modules/@pulumi/pulumi')
  // As pnpm lays out a workspace: each package has only what it names.
  writeFileSync(join(workspace, 'pnpm-workspace.yaml'), 'packages: [packages/*]\n')
  link(resolve('.'), 'packages/clients/node_modules/pulumi-psc')
  link(sdk, 'packages/clients/node_modules/@pulumi/pulumi')
  writeFileSync(join(workspace, 'packages/clients/package.json'), '{ "type": "module" }')
  writeFileSync(
    join(workspace, 'packages/clients/index.js'),
    `import { PscClient } from 'pulumi-psc'\nexport const declare = () => new PscClient('a', ${JSON.stringify(portal)})\n`,
  )
  const stack = await Stack.create({
    parent: join(workspace, 'packages'),
    main: 'index.js',
    files: {
      'package.json': '{ "type": "module" }',
      'index.js': "import { declare } from '../clients/index.js'\ndeclare()\n",
    },
    config: { 'psc:preflight': 'off' },
  })
  link(
    sdk,
    join('packages', stack.folder.slice(workspace.length + 10), 'node_modules/@pulumi/pulumi'),
  )
  const output = await stack.fail('preview')
  assert.match(output, /`pnpm add pulumi-psc` in that folder\. \[ERR_PSC_NOT_INSTALLED\]/)
  assert.ok(output.includes(`from ${stack.folder} and`), output)
  assert.doesNotMatch(output, /noop\.js|Cannot find module|at .*:\d+:\d+/)
})
