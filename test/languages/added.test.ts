import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { engineFolder } from '../../scripts/engine/index.ts'
import { ensureSdkGenerator } from '../../scripts/engine/sdk-generator.ts'
import { portal, useStack } from '../support/fixture.ts'
import type { Stack } from '../support/stack.ts'
import { type GitServer, serveGit } from './support/git-server.ts'

const host = 'git.exemplo.gov.br'
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

const program = `const psc = require('@pulumi/psc')

new psc.Client('portal', ${JSON.stringify({ ...portal, clientSecret: { env: 'PORTAL_SECRET' } })})
`

let folder: string
let server: GitServer
let stack: Stack

function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  assert.equal(status, 0, `${command} ${args.join(' ')}:\n${stdout}${stderr}`)
  return stdout.trim()
}

/** Commits plugin/ with the tag of its version. Its package comes from this clone, packed. */
function commitPlugin(): void {
  const work = join(folder, 'work')
  cpSync('plugin', join(work, 'plugin'), { recursive: true })
  const packed = run(
    '.',
    'npm',
    'pack',
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    folder,
  )
  const file = join(work, 'plugin', 'package.json')
  const text = readFileSync(file, 'utf8')
  const own = `"pulumi-psc": "${version}"`
  assert.ok(text.includes(own), 'plugin/package.json names this version')
  writeFileSync(file, text.replace(own, `"pulumi-psc": "file:${join(folder, packed)}"`))
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  run(work, 'git', 'init', '--quiet')
  run(work, 'git', 'add', '.')
  run(work, 'git', ...author, 'commit', '--quiet', '--message', 'plugin')
  run(work, 'git', 'tag', `v${version}`)
  run(folder, 'git', 'clone', '--quiet', '--bare', work, 'git/orgao/pulumi-psc.git')
}

/** Puts the stand-in for the newer host of Node.js first. An executable of the plugin on the PATH would be preferred. */
async function pathWithHost(): Promise<string> {
  const older = join(engineFolder(), 'pulumi-language-nodejs')
  const words = [process.execPath, resolve('test/languages/support/node-host.ts'), older]
  const script = join(folder, 'bin', 'pulumi-language-nodejs')
  mkdirSync(join(folder, 'bin'))
  writeFileSync(script, `#!/bin/sh\nexec ${words.join(' ')} ${await ensureSdkGenerator()} "$@"\n`)
  chmodSync(script, 0o755)
  const isOurs = (path: string) => path.endsWith(join('node_modules', '.bin'))
  const inherited = (process.env.PATH ?? '').split(delimiter).filter((path) => !isOurs(path))
  return [join(folder, 'bin'), engineFolder(), resolve('node_modules/node/bin'), ...inherited].join(
    delimiter,
  )
}

after(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const fixture = useStack({
  files: { 'index.js': program, 'package.json': '{}' },
  main: 'index.js',
  async prepare(made) {
    mkdirSync('.psc/test', { recursive: true })
    folder = resolve(mkdtempSync('.psc/test/added-'))
    commitPlugin()
    server = await serveGit(join(folder, 'git'), host)
    writeFileSync(join(folder, 'authority.pem'), server.authority)
    stack = made.with({
      PATH: await pathWithHost(),
      HTTPS_PROXY: server.proxy,
      https_proxy: server.proxy,
      SSL_CERT_FILE: join(folder, 'authority.pem'),
      npm_config_prefer_offline: 'true',
    })
  },
})
const address = `https://${host}/orgao/pulumi-psc.git/plugin`

/** Runs a command that knows no stack. */
async function succeed(...args: string[]): Promise<void> {
  const { folder: cwd, env } = stack
  await promisify(execFile)('pulumi', [...args, '--non-interactive'], { cwd, env })
}

const project = (): string => readFileSync(join(stack.folder, 'Pulumi.yaml'), 'utf8')
const installed = (): string[] => globSync(resolve(stack.folder, 'state/home/plugins/*/plugin'))

// One life, in order: each test goes on from the one before it.

test('`pulumi package add` clones plugin/ of a repository in its tagged version, and installs it', async () => {
  await succeed('package', 'add', address)
  assert.match(project(), /psc: git\.exemplo\.gov\.br\/orgao\/pulumi-psc\.git\/plugin/)
  const [plugin = ''] = installed()
  assert.ok(dirname(plugin).endsWith(`pulumi-psc.git_plugin-v${version}`), plugin)
})

test("A program imports the SDK of Pulumi's generators, and is applied through the plugin of the repository", async () => {
  await stack.succeed('up', '--yes', '--skip-preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientMaintenance 200'])
  const { deployment } = await stack.state()
  const provider = deployment.resources?.find(({ type }) => type === 'pulumi:providers:psc')
  assert.ok(JSON.stringify(provider).includes(`git://${host}/orgao/pulumi-psc.git/plugin`))
})

test('`pulumi install` restores the plugin and the SDK on another machine', async () => {
  for (const path of ['sdks', 'node_modules', 'state/home/plugins'])
    rmSync(join(stack.folder, path), { recursive: true })
  await succeed('install')
  assert.equal(installed().length, 1)
  await stack.succeed('preview', '--expect-no-changes')
})

test('`pulumi package add` takes a copy of plugin/, too', async () => {
  const [plugin = ''] = installed()
  await succeed('package', 'add', plugin)
  assert.ok(project().includes(`psc: ${plugin}`), project())
})
