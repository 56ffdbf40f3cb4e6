import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { engineFolder } from '../../scripts/engine/index.ts'

const version = engineFolder().split(/[\\/]/).at(-2) ?? ''

let scratch: string

let bin: string

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'engine-'))
  bin = join(scratch, 'home', 'versions', version, 'bin')
  mkdirSync(bin, { recursive: true })
})

afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

/** Makes sure of the engine in an empty Pulumi home, without a way to Pulumi's download. */
function setUp(path: string): { status: number | null; output: string } {
  const engine = resolve('scripts', 'engine', 'index.ts')
  const program = `const { ensureEngine } = await import(${JSON.stringify(engine)})
    await ensureEngine().catch((error) => { console.error(error.message); process.exitCode = 1 })`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program],
    {
      cwd: scratch,
      encoding: 'utf8',
      env: {
        PATH: path,
        PULUMI_HOME: join(scratch, 'home'),
        // The discard port: nobody answers.
        HTTPS_PROXY: 'http://127.0.0.1:9',
        HTTP_PROXY: 'http://127.0.0.1:9',
      },
    },
  )
  return { status, output: stdout + stderr }
}

/** A `go` that "builds" at once: what it makes answers any question with this text. */
function fakeGo(answer: string): string {
  const folder = join(scratch, 'go')
  mkdirSync(folder)
  const script = `#!/bin/sh
while [ $# -gt 0 ]; do
  if [ "$1" = -o ]; then
    /bin/mkdir -p "\${2%/*}"
    printf '#!/bin/sh\\necho ${answer}\\n' > "$2"
    /bin/chmod 755 "$2"
  fi
  shift
done
`
  writeFileSync(join(folder, 'go'), script)
  chmodSync(join(folder, 'go'), 0o755)
  return folder
}

test('The first Node.js that npm and the engine find is one in node_modules that runs TypeScript', () => {
  const { stdout } = spawnSync(join('node_modules', '.bin', 'node'), ['--version'], {
    encoding: 'utf8',
  })
  assert.match(stdout, /^v24\./)
})

test('An existing engine stays and gets a missing launcher', () => {
  for (const name of ['pulumi', 'pulumi-language-nodejs'])
    symlinkSync(join(engineFolder(), name), join(bin, name))
  const { status, output } = setUp('')
  assert.deepEqual({ status, output }, { status: 0, output: '' })
  assert.deepEqual(readdirSync(bin).sort(), [
    'pulumi',
    'pulumi-language-nodejs',
    'pulumi-resource-pulumi-nodejs',
  ])
})

test('Go builds the engine when the download is unreachable', () => {
  const { status, output } = setUp(fakeGo(`v${version}`))
  assert.equal(status, 0, output)
  assert.match(output, /about \d+ to \d+ minutes on \d+ cores/)
  assert.deepEqual(readdirSync(bin).sort(), [
    'pulumi',
    'pulumi-language-nodejs',
    'pulumi-resource-pulumi-nodejs',
  ])
  assert.equal(setUp('').output, '', 'the second run finds it')
})

test('An engine of another version is replaced', () => {
  const old = fakeGo('v3.1.0')
  spawnSync(join(old, 'go'), ['-o', join(bin, 'pulumi')])
  spawnSync(join(old, 'go'), ['-o', join(bin, 'pulumi-language-nodejs')])
  rmSync(old, { recursive: true })
  const { status, output } = setUp(fakeGo(`v${version}`))
  assert.equal(status, 0, output)
  assert.match(output, /is not in/)
})

test('One error names the remedies when neither the download nor Go works', () => {
  const { status, output } = setUp(dirname(process.execPath))
  assert.equal(status, 1)
  for (const way of [/HTTPS_PROXY/, /install Go ≥ 1\.\d+/, /PULUMI_HOME/]) assert.match(output, way)
  assert.ok(output.includes(bin), 'and the folder')
  assert.doesNotMatch(output, /^ +at /m)
  assert.deepEqual(readdirSync(bin), [], 'nothing half done')
})

for (const [args, status, code] of [
  [['setup.ts'], 1, 'ERR_PSC_SCRIPT'],
  [['test.ts', 'nowhere'], 2, 'ERR_PSC_USAGE'],
  [['run.mjs', 'nothing'], 2, 'ERR_PSC_USAGE'],
] as const) {
  test(`The message of a script that cannot continue ends in a code: ${args.join(' ')}`, () => {
    const [script, ...rest] = args
    mkdirSync(join(scratch, 'test'))
    const ended = spawnSync(process.execPath, [resolve('scripts', script), ...rest], {
      cwd: scratch,
      encoding: 'utf8',
    })
    assert.equal(ended.status, status)
    assert.ok(ended.stderr.endsWith(` [${code}]\n`), ended.stderr)
  })
}

test('A failed build leaves nothing behind and shows the message of Go', () => {
  const folder = fakeGo('nothing')
  writeFileSync(
    join(folder, 'go'),
    '#!/bin/sh\n[ "$1" = version ] && exit\necho "go: no such module" >&2\nexit 1\n',
  )
  const { status, output } = setUp(folder)
  assert.equal(status, 1)
  assert.match(output, /go: no such module/)
  assert.doesNotMatch(output, /done/)
  assert.deepEqual(readdirSync(bin), [])
})
