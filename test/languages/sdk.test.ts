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
  const schema = readFileSync('dist/provider/plugin/schema.json', 'utf8')
  // Pulumi adds the owner of the repository that it cloned.
  const cloned = { ...(JSON.parse(schema) as object), namespace: 'orgao' }
  run(generator, [folder], JSON.stringify(cloned))
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input })
  assert.equal(status, 0, `${command} ${args.join(' ')}:\n${stdout}${stderr}`)
  return stdout
}

test('A generated SDK has the same name from every repository', () => {
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8')
  assert.match(text('nodejs/package.json'), /"name": "@pulumi\/psc"/)
  assert.match(text('python/pyproject.toml'), /name = "pulumi_psc"/)
  assert.match(text('go/go.mod'), /^module github\.com\/pulumi-psc\/pulumi-psc\/sdk\/go$/m)
})

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
