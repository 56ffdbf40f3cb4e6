import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ensureSdkGenerator } from '../../scripts/engine/sdk-generator.ts'

let folder: string

before(async () => {
  const generator = await ensureSdkGenerator()
  mkdirSync('.psc/test', { recursive: true })
  folder = mkdtempSync('.psc/test/sdk-')
  run(generator, [folder], readFileSync('dist/provider/plugin/schema.json', 'utf8'))
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input })
  assert.equal(status, 0, `${command} ${args.join(' ')}:\n${stdout}${stderr}`)
  return stdout
}

test('A TypeScript program compiles against the generated SDK for Node.js, and a misspelt argument does not', () => {
  const program = join(folder, 'nodejs', 'program.ts')
  const lines = [
    "import * as psc from './index'",
    "new psc.Client('portal', {",
    "  psc: 'neoid', clientId: 'a', clientSecret: { env: 'A' }, name: 'a', comments: 'a',",
    "  email: 'a@example.com', redirectUris: ['https://a.example/'], certificate: { file: 'a.pem' },",
    '  // @ts-expect-error misspelt',
    "  preflite: 'off',",
    '})',
  ]
  writeFileSync(program, lines.join('\n'))
  run('tsc', [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    program,
  ])
})

test('The generated SDK for Python has the arguments in the style of Python, and compiles', () => {
  run('python3', ['-m', 'compileall', '-q', join(folder, 'python')])
  const client = readFileSync(join(folder, 'python', 'pulumi_psc', 'client.py'), 'utf8')
  assert.match(client, /redirect_uris: pulumi\.Input\[Sequence\[/)
  assert.match(client, /class Client\(pulumi\.CustomResource\)/)
})

test('The generated SDK for Go has the arguments of a client, and is well formed', () => {
  const files = globSync(`${folder}/go/**/*.go`)
  assert.ok(files.length > 5)
  assert.equal(run('gofmt', ['-l', '-e', ...files]), '')
  const client = readFileSync(join(folder, 'go', 'psc', 'client.go'), 'utf8')
  assert.match(client, /RedirectUris pulumi\.StringArrayInput/)
})
