import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { archive } from '../../scripts/archive.ts'
import { portal, useStack } from '../support/fixture.ts'
import { client, nodeProgram } from '../support/plugin-stack.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

let folder: string

before(() => {
  mkdirSync('.psc/test', { recursive: true })
  folder = mkdtempSync('.psc/test/installed-')
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

const fixture = useStack({ files: { 'index.ts': nodeProgram } })

test('The archive installs without a network, and Pulumi finds the plugin without a path', async () => {
  const file = resolve(await archive(join(folder, 'plugin.tar.gz')))
  const args = ['plugin', 'install', 'resource', 'psc', version, '--file', file]
  const { env } = fixture.stack
  const { status, stderr } = spawnSync('pulumi', args, { env, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  fixture.stack.write('program.json', JSON.stringify({ portal: client() }))
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientMaintenance 200'])
  assert.deepEqual(
    fixture.emulator.registered('neoid', portal.clientId)?.redirectUris,
    portal.redirectUris,
  )
})

test('The archive names the nearest known word as the package does, though it holds no folder of libraries', async () => {
  fixture.stack.write('program.json', JSON.stringify({ portal: client({ psc: 'neoide' }) }))
  const output = await fixture.stack.fail('preview')
  assert.match(output, /Did you mean neoid\?.*\[ERR_PSC_PROFILE\]/)
})
