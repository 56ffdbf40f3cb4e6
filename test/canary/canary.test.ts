import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../../scripts/engine/index.ts'
import { canariesBelow, canariesIn, formsOf } from './support/search.ts'
import { createFixture, environment, type Fixture, secrets } from './support/fixture.ts'

let fixture: Fixture

/** What each command prints, which people and pipelines see. */
const shown = new Map<string, string>()

/** What the engine prints in its most verbose log. */
const verbose = new Map<string, string>()

const everything = ['-v=9', '--logtostderr', '--logflow']

const changes = ['--yes', '--skip-preview']

before(async () => {
  fixture = await createFixture()
  await runEngine()
  await runCommands()
})

after(() => fixture.close())

async function pulumi(expected: 'good' | 'bad', ...args: string[]): Promise<void> {
  const { code, output } = await fixture.stack.run(...args)
  const place = args.includes('--logtostderr') ? verbose : shown
  place.set(`${place.size} pulumi ${args.join(' ')}`, output)
  assert.equal(code === 0, expected === 'good', output)
}

/** Runs every verb, with success and with failure. */
async function runEngine(): Promise<void> {
  const { stack, recorder, emulator } = fixture
  await stack.succeed('config', 'set', '--secret', 'psc:canary', secrets.configuration)
  await pulumi('good', 'preview', '--diff')
  await pulumi('good', 'up', ...changes, ...everything)
  await pulumi('good', 'refresh', ...changes, ...everything)
  fixture.declare({ comments: 'Dois' })
  emulator.faults.add({ kind: 'answer', status: 503, operation: 'clientMaintenance', times: 2 })
  await pulumi('good', 'up', '--yes', '--diff')
  // A wrong secret; a PSC that repeats the whole request; one that is down.
  fixture.declare({ comments: 'Três', environment: 'CANARY_WRONG' })
  await pulumi('bad', 'preview', '--diff')
  fixture.declare({ comments: 'Quatro' })
  recorder.repeats = true
  await pulumi('bad', 'up', ...changes, ...everything)
  recorder.repeats = false
  emulator.faults.add({ kind: 'drop', when: 'after', times: 'always' })
  await pulumi('bad', 'up', ...changes, '--diff')
  emulator.faults.clear()
  await pulumi('good', 'up', ...changes)
  await pulumi('good', 'stack', '--show-urns')
  await pulumi('good', 'stack', 'output', '--json')
  await pulumi('good', 'stack', 'export')
  await pulumi('good', 'config')
}

/** Runs every command of `pulumi-psc`. */
async function runCommands(): Promise<void> {
  const { recorder, emulator } = fixture
  await psc(0, 'lint', '--format', 'json')
  await psc(0, 'verify')
  await psc(0, 'verify', '--json')
  recorder.repeats = true
  await psc(1, 'verify')
  recorder.repeats = false
  let address = ''
  const authorize = (url: string) => {
    address = emulator.authorize(url.replace(recorder.url, emulator.url)) ?? ''
    given.push(['code', new URL(address).searchParams.get('code') ?? ''])
    return address
  }
  await login(0, authorize, '--json')
  await login(0, authorize)
  // An address of another sign-in.
  await login(1, () => address)
  await psc(0, 'schema')
  await psc(0, 'profiles')
  await runReports()
  await pulumi('good', 'destroy', ...changes)
  const settings = readFileSync(join(fixture.stack.folder, 'Pulumi.test.yaml'), 'utf8')
  fixture.stack.write('Pulumi.fleet-1.yaml', settings)
  const fleet = ['clients.yaml', '--shards', '1']
  await psc(0, 'fleet', 'preview', ...fleet)
  recorder.repeats = true
  await psc(1, 'fleet', 'up', ...fleet)
  recorder.repeats = false
  await psc(0, 'fleet', 'up', ...fleet, '--json')
}

/** The encrypted secrets of the state, which a report does not repeat either. */
let ciphertexts: readonly string[] = []

/** Writes every report of everything that can hold a secret: a manifest, states, previews and a history. */
async function runReports(): Promise<void> {
  const { stack, recorder } = fixture
  // Some of these files hold secrets, so they are not in the folder of the stack.
  const folder = mkdtempSync(join(tmpdir(), 'psc-canary-'))
  const write = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const exported = await stack.succeed('stack', 'export')
  ciphertexts = [...exported.matchAll(/"ciphertext": "([^"]+)"/g)].map(([, text = '']) => text)
  const decrypted = await stack.succeed('stack', 'export', '--show-secrets')
  const states = [write('state.json', exported), write('decrypted.json', decrypted)]
  fixture.declare({ comments: 'Cinco', environment: 'CANARY_ENVIRONMENT' })
  const previews = [write('preview.json', await stack.succeed('preview', '--json', '--show-sames'))]
  recorder.repeats = true
  previews.push(write('refused.json', await stack.fail('preview', '--json')))
  await psc(1, 'verify', '--append', 'history.jsonl')
  recorder.repeats = false
  await psc(0, 'verify', '--append', 'history.jsonl')
  const manifest = readFileSync(join(stack.folder, 'clients.yaml'), 'utf8')
  const inline = manifest.replace('{"env":"CANARY_ENVIRONMENT"}', JSON.stringify(secrets.inline))
  assert.ok(inline.includes(secrets.inline))
  const inputs = [write('clients.yaml', inline), '--state', ...states, '--preview', ...previews]
  for (const format of ['html', 'md', 'json', 'csv']) {
    await psc(0, 'report', ...inputs, '--verify', 'history.jsonl', '--format', format)
  }
  rmSync(folder, { recursive: true })
}

function reports(): [string, string][] {
  return [...shown].filter(([command]) => command.includes(' report '))
}

const given: (readonly [string, string])[] = []

async function psc(expected: number, ...args: string[]): Promise<void> {
  const child = startPsc(args)
  child.stdin.end()
  await ended(child, expected, args)
}

/** Signs in: writes the address that the browser ends on to standard input. */
async function login(
  expected: number,
  authorize: (url: string) => string,
  ...flags: string[]
): Promise<void> {
  const args = ['login', 'environment', '--callback-url', '-', ...flags]
  const child = startPsc(args)
  let stderr = ''
  let isAnswered = false
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += String(chunk)
    const [url] = /https?:\S+\/authorize\?\S+(?=\s)/.exec(stderr) ?? []
    if (url === undefined || isAnswered) return
    isAnswered = true
    child.stdin.end(`${authorize(url)}\n`)
  })
  await ended(child, expected, args)
}

function startPsc(args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [resolve('cli', 'main.ts'), ...args], {
    cwd: fixture.stack.folder,
    env: {
      ...engineEnvironment(),
      ...environment,
      PULUMI_BACKEND_URL: `${pathToFileURL(resolve(fixture.stack.folder, 'state')).href}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
    },
  })
}

async function ended(
  child: ChildProcessWithoutNullStreams,
  expected: number,
  args: readonly string[],
): Promise<void> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ])
  const title = `psc ${args.join(' ')}`
  shown.set(`${shown.size} ${title}`, stdout + stderr)
  assert.equal(code, expected, `${title}\n${stdout}${stderr}`)
}

/** Returns every secret and token, which no output may show. */
function canaries(): Map<string, string> {
  const tokens = [...fixture.recorder.given, ...given].map(
    ([field, value], index) => [`${field} ${index}`, value] as const,
  )
  return new Map([...Object.entries(secrets), ...tokens])
}

describe('canaries', () => {
  it('Every canary exists and is long enough to be found', () => {
    const fields = [...fixture.recorder.given, ...given].map(([field]) => field)
    assert.ok(fields.filter((field) => field === 'access_token').length >= 10)
    for (const field of ['client_secret', 'code']) assert.ok(fields.includes(field), field)
    for (const [name, value] of canaries()) assert.ok(value.length >= 16, name)
  })

  it('A canary would be found in every form, wherever it stands', () => {
    for (const value of canaries().values()) {
      for (const [before, after] of [
        ['', ''],
        ['x', 'y'],
        ['ab', 'cde'],
        ['id:', ''],
      ]) {
        const whole = `${String(before)}${value}${String(after)}`
        const texts = [
          whole,
          encodeURIComponent(whole),
          new URLSearchParams({ a: whole }).toString(),
          JSON.stringify(whole),
          Buffer.from(whole).toString('base64'),
          Buffer.from(whole).toString('base64url'),
          Buffer.from(whole).toString('hex'),
        ]
        for (const found of texts) assert.ok(formsOf(value).some((form) => found.includes(form)))
      }
    }
  })

  it('No command shows a canary', () => {
    assert.ok(shown.size >= 15)
    for (const [command, output] of shown) {
      assert.deepEqual(canariesIn(output, canaries()), [], command)
    }
  })

  it('Every format of a report shows the clients, and no encrypted secret of the state', () => {
    assert.equal(reports().length, 4)
    assert.ok(ciphertexts.length >= 2)
    for (const [command, output] of reports()) {
      for (const name of ['By environment', 'Inline', 'Rotated']) {
        assert.ok(output.includes(name), `${command}: ${name}`)
      }
      for (const text of ciphertexts) assert.ok(!output.includes(text), command)
    }
  })

  it('The verbose logs of the engine hold no canary, except those that the engine itself gets', () => {
    // The engine logs what a program hands to it in the clear, and what a resource outputs: an inline secret, the
    // configuration of the stack, and a secret that the PSC has made up. SECURITY.md says so.
    const madeUp = [...canaries().keys()].filter((name) => name.startsWith('client_secret'))
    const known = new Set(['inline', 'configuration', ...madeUp])
    for (const [command, output] of verbose) {
      const found = canariesIn(output, canaries()).filter((name) => !known.has(name))
      assert.deepEqual(found, [], command)
    }
  })

  it('No written file holds a canary, except the file that is one', () => {
    assert.deepEqual(
      [...canariesBelow(fixture.stack.folder, canaries())],
      [['secret.txt', ['file']]],
    )
    assert.equal(readFileSync(join(fixture.stack.folder, 'secret.txt'), 'utf8'), secrets.file)
  })

  it('The emulator shows no canary', async () => {
    const answers = await Promise.all(
      ['requests', 'state', 'faults'].map(async (name) =>
        (await fetch(`${fixture.emulator.url}/_emulator/${name}`)).text(),
      ),
    )
    assert.ok(fixture.lines.length > 50)
    assert.deepEqual(canariesIn([...answers, ...fixture.lines].join('\n'), canaries()), [])
  })
})
