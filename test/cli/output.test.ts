import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { manifestOf } from '../manifest/support.ts'
import { folderWith } from './psc.ts'

const main = resolve(import.meta.dirname, '../../cli/main.ts')

const files = {
  'Pulumi.yaml': '{ name: psc, runtime: nodejs }',
  'clients.yaml': manifestOf({ psc: 'vidaas' }),
  'wrong.yaml': manifestOf({ email: 'x' }),
  'emulator.yaml': 'port: 0\npscs: { neoid: { clients: [] } }\n',
}

/** Runs a command whose output goes to a device that is always full. */
async function runFull(stream: 'stdout' | 'stderr', args: readonly string[]) {
  const full = openSync('/dev/full', 'w')
  const { FORCE_COLOR: _, ...env } = process.env
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folderWith(files),
    env: { ...env, PULUMI_BACKEND_URL: 'file:///nowhere' },
    stdio: stream === 'stdout' ? ['ignore', full, 'pipe'] : ['ignore', 'pipe', full],
  })
  closeSync(full)
  const ended = once(child, 'close') as Promise<[number | null]>
  const other = stream === 'stdout' ? child.stderr : child.stdout
  const [shown, [code]] = await Promise.all([other ? text(other) : '', ended])
  return { code, shown }
}

describe('output that cannot be written', { concurrency: 2 }, () => {
  const commands: readonly (readonly string[])[] = [
    ['--help'],
    ['--version'],
    ['lint'],
    ['lint', '--format', 'json'],
    ['lint', '--format', 'github', 'wrong.yaml'],
    ['schema'],
    ['verify', '--json'],
    ['verify', 'wrong.yaml', '--json'],
    ['login', 'portal', '--manifest', 'wrong.yaml', '--json'],
    ['fleet', 'preview', 'wrong.yaml', '--json'],
    ['report'],
    ['report', '--format', 'json'],
    ['profiles'],
    ['profiles', '--json'],
    ['emulate', 'emulator.yaml'],
    ['lint', '--unknown', '--json'],
  ]
  for (const args of commands) {
    test(`A full disk is one line and the exit code 4: psc ${args.join(' ')}`, async () => {
      const { code, shown } = await runFull('stdout', args)
      assert.equal(code, 4)
      assert.match(shown, /^pulumi-psc: the output cannot be written .*\[ERR_PSC_OUTPUT\]\n$/)
    })
  }

  for (const args of [
    ['lint', '--unknown'],
    ['verify', 'wrong.yaml'],
  ]) {
    test(`A message that cannot be written is the exit code 4: psc ${args.join(' ')}`, async () => {
      assert.deepEqual(await runFull('stderr', args), { code: 4, shown: '' })
    })
  }

  test('A message that cannot be written does not shorten the output', () => {
    const output = resolve(import.meta.dirname, '../../cli/output.ts')
    const script = `import { note, print } from ${JSON.stringify(output)}
      note('a message')
      print('one ')
      print('two')`
    const full = openSync('/dev/full', 'w')
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', full],
    })
    closeSync(full)
    assert.equal(stdout, 'one two')
  })

  test('A file that takes a part of the output only is the exit code 4', () => {
    // A limit on the size of files, as of a disk with some space left: 512 or 1,024 bytes.
    const script = `ulimit -f 1; trap '' XFSZ; exec "$0" "$1" schema > schema.json`
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, main], {
      cwd: folderWith({}),
      encoding: 'utf8',
    })
    assert.equal(status, 4)
    assert.match(
      stderr,
      /^pulumi-psc: the output cannot be written \(EFBIG\).*\[ERR_PSC_OUTPUT\]\n$/,
    )
  })

  test('A pipe that is closed is no error', () => {
    const script = `{ "$0" "$1" schema; echo "$?" >&2; } | true`
    const { stderr } = spawnSync('sh', ['-c', script, process.execPath, main], { encoding: 'utf8' })
    assert.equal(stderr, '0\n')
  })
})

test('A line is written over only on a terminal that knows escape sequences', () => {
  const script = `
    import { canErase } from ${JSON.stringify(resolve('cli/output.ts'))}
    console.log(canErase({ isTTY: true }), canErase({ isTTY: false }))
  `
  const run = (TERM: string) =>
    spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TERM },
      encoding: 'utf8',
    }).stdout
  assert.equal(run('xterm'), 'true false\n')
  assert.equal(run('dumb'), 'false false\n')
})
