import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { test } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { engineFolder, pinnedVersion } from '../../scripts/engine/index.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { ensureSdkGenerator } from '../../scripts/engine/sdk-generator.ts'
import { Stack } from '../support/stack.ts'

function run(command: string, args: readonly string[], input = ''): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', input })
  assert.equal(
    status,
    0,
    `${command} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}${stderr}`,
  )
}

/** Makes a virtual environment with Pulumi's SDK, once, and installs the generated SDK. Returns its programs' folder. */
async function environmentWithSdk(): Promise<string> {
  const environment = resolve('node_modules', '.cache', 'pulumi-engine', `python-${pinnedVersion}`)
  const bin = join(environment, 'bin')
  run('python3', ['-m', 'venv', environment])
  const libraries = [`pulumi==${pinnedVersion}`, 'parver', 'semver']
  run(join(bin, 'pip'), ['install', '--quiet', ...libraries])
  mkdirSync('.psc/test', { recursive: true })
  const folder = mkdtempSync('.psc/test/python-')
  try {
    run(
      await ensureSdkGenerator(),
      [folder],
      readFileSync('dist/provider/plugin/schema.json', 'utf8'),
    )
    const sdk = join(folder, 'python')
    const install = ['install', '--quiet', '--no-deps', '--force-reinstall']
    run(join(bin, 'pip'), [...install, sdk])
  } finally {
    rmSync(folder, { recursive: true })
  }
  return bin
}

test('The example in Python is previewed and applied through the generated SDK, and finds no change afterwards', async (t) => {
  await ensureLanguageHost('python')
  const bin = await environmentWithSdk()
  const emulator = await startEmulator({ config: 'examples/python/emulator.yaml' })
  t.after(() => emulator.close())
  const read = (file: string) => readFileSync(join('examples', 'python', file), 'utf8')
  const stack = await Stack.create({
    files: {
      'Pulumi.yaml': read('Pulumi.yaml').replace('../../node_modules', resolve('node_modules')),
      '__main__.py': read('__main__.py'),
    },
    config: { 'psc:baseUrls': emulator.baseUrls },
    env: {
      PORTAL_NEOID_SECRET: 'not-a-secret-neoid',
      PATH: [bin, engineFolder(), process.env.PATH].join(delimiter),
    },
  })
  t.after(() => {
    stack.remove()
  })
  await stack.succeed('preview')
  await stack.succeed('up', '--yes', '--skip-preview')
  const client = emulator.registered('neoid', '64e587fa-4f30-487d-96f0-44e6b14ff620')
  assert.deepEqual(client?.redirectUris, [
    'https://portal.exemplo.gov.br/callback',
    'https://homologacao.portal.exemplo.gov.br/callback',
  ])
  await stack.succeed('preview', '--expect-no-changes')
})
