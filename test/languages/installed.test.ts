import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
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

test("Pulumi's host of plugins in Node.js starts the folder plugin/, which names this version", async () => {
  const plugin = join(folder, 'plugin')
  cpSync('plugin', plugin, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>
  }
  assert.equal(manifest.dependencies['pulumi-psc'], version)
  // What npm install does in a copy of the folder.
  mkdirSync(join(plugin, 'node_modules'))
  symlinkSync(resolve('.'), join(plugin, 'node_modules', 'pulumi-psc'))
  const host = resolve('node_modules/@pulumi/pulumi/cmd/run-plugin')
  const env = { ...process.env, PULUMI_NODEJS_TYPESCRIPT: 'false' }
  const child = spawn(process.execPath, [host, resolve(plugin), '127.0.0.1:1'], {
    cwd: plugin,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  assert.match(line, /^\d+$/)
  child.kill()
})
