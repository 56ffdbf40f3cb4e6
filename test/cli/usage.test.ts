import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { manifestOf } from '../manifest/support.ts'
import { folderWith, psc } from './psc.ts'

interface Failure {
  readonly status: string
  readonly error: { readonly code: string; readonly problems?: readonly { code: string }[] }
}

describe('the psc command', () => {
  test('The command prints its help, and that of each subcommand, and exits with 0', async () => {
    const help = await psc(['--help'])
    assert.equal(help.code, 0)
    const isWide = (line: string) => line.length > 80
    assert.deepEqual(help.stdout.split('\n').filter(isWide), [], 'a terminal has 80 columns')
    for (const command of [
      'init',
      'lint',
      'schema',
      'verify',
      'login',
      'fleet',
      'profiles',
      'emulate',
    ]) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'))
      const { code, stdout, stderr } = await psc([command, '--help'])
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, new RegExp(`^Usage: pulumi-psc ${command} `))
      assert.deepEqual(stdout.split('\n').filter(isWide), [], 'a terminal has 80 columns')
    }
  })

  test('The command prints the version of the package', async () => {
    const file = new URL('../../package.json', import.meta.url)
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
    assert.equal((await psc(['--version'])).stdout, `${version}\n`)
  })

  test('The command suggests the intended subcommand and exits with 2', async () => {
    const { code, stderr, stdout } = await psc(['lnt'])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(
      stderr,
      /^pulumi-psc: unknown command 'lnt' \(Did you mean lint\?\) \[ERR_PSC_USAGE\]$/m,
    )
  })

  const wrong: readonly (readonly string[])[] = [
    [],
    ['lint', '--formt', 'json'],
    ['lint', '--format', 'xml'],
    ['lint', '--format'],
    ['emulate', '--port'],
    ['schema', 'too-much'],
  ]
  for (const args of wrong) {
    test(`Wrong usage exits with 2: pulumi-psc ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await psc(args, { cwd: folderWith({}) })
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, args.length === 0 ? /^Usage: / : /\[ERR_PSC_USAGE\]\n$/)
    })
  }

  for (const format of [['--format', 'json'], ['--format=json']]) {
    test(`psc lint ${format.join(' ')} prints wrong usage as a JSON document`, async () => {
      const { code, stdout, stderr } = await psc(['lint', '--strct', ...format])
      assert.deepEqual([code, stderr], [2, ''])
      const { status, error } = JSON.parse(stdout) as Failure
      assert.deepEqual([status, error.code], ['failed', 'ERR_PSC_USAGE'])
    })
  }

  for (const args of [
    ['verify', 'clients.yaml'],
    ['login', 'portal'],
    ['fleet', 'preview', '--shards', '1'],
  ]) {
    test(`psc ${args.join(' ')} --json lists each problem of a wrong manifest as psc lint does`, async () => {
      const cwd = folderWith({
        'Pulumi.yaml': '{ name: psc, runtime: nodejs }',
        'clients.yaml': manifestOf({ email: 'nobody', psc: 'neo' }),
      })
      // A fleet needs the package in its project.
      mkdirSync(join(cwd, 'node_modules'))
      symlinkSync(resolve(import.meta.dirname, '../..'), join(cwd, 'node_modules', 'pulumi-psc'))
      const lint = await psc(['lint', '--format', 'json'], { cwd })
      const { files } = JSON.parse(lint.stdout) as { files: { problems: { code: string }[] }[] }
      const { code, stdout, stderr } = await psc([...args, '--json'], { cwd })
      assert.deepEqual([code, stderr], [1, ''])
      const { status, error } = JSON.parse(stdout) as Failure
      assert.deepEqual([status, error.code], ['failed', 'ERR_PSC_MANIFEST'])
      assert.deepEqual(error.problems, files[0]?.problems)
      assert.ok(error.problems?.some(({ code }) => code === 'CONTATO_EMAIL_INVALIDO'))
    })
  }
})
