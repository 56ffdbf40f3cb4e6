import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { manifestOf } from '../../manifest/support.ts'
import { folderWith, psc } from '../psc.ts'
import { assertPortuguese } from './english.ts'

const wrong = manifestOf({
  email: 'nobody',
  clientId: 'a b',
  redirectUris: '["http://x.exemplo.gov.br/#a", https://outro.example.com/]',
})

describe('the language of the command', () => {
  const asked: readonly (readonly [string, readonly string[], Record<string, string>, RegExp])[] = [
    ['no LANG', [], { LC_ALL: '', LC_MESSAGES: '', LANG: '' }, /^Checked /m],
    ['LANG=C.UTF-8', [], { LC_ALL: '', LC_MESSAGES: '', LANG: 'C.UTF-8' }, /^Checked /m],
    ['LANG=pt_BR.UTF-8', [], { LC_ALL: '', LC_MESSAGES: '', LANG: 'pt_BR.UTF-8' }, /^Conferido/m],
    ['LC_MESSAGES=pt', [], { LC_ALL: '', LC_MESSAGES: 'pt', LANG: 'C' }, /^Conferido/m],
    ['LC_ALL=C before LANG', [], { LC_ALL: 'C', LANG: 'pt_BR.UTF-8' }, /^Checked /m],
    ['--lang before LANG', ['--lang', 'en'], { LC_ALL: 'pt_BR' }, /^Checked /m],
    ['--lang=pt', ['--lang=pt'], { LC_ALL: 'C' }, /^Conferido/m],
  ]
  for (const [name, args, env, expected] of asked) {
    test(`lint speaks the language that is asked for: ${name}`, async () => {
      const cwd = folderWith({ 'clients.yaml': wrong })
      assert.match((await psc(['lint', ...args], { cwd, env })).stdout, expected)
    })
  }

  test('--lang stands before or after the name of a command', async () => {
    const cwd = folderWith({ 'clients.yaml': wrong })
    const [before, after] = await Promise.all([
      psc(['--lang', 'pt', 'lint'], { cwd }),
      psc(['lint', '--lang', 'pt'], { cwd }),
    ])
    assert.equal(before.stdout, after.stdout)
  })

  test('An unknown language is wrong usage', async () => {
    const { code, stderr } = await psc(['lint', '--lang', 'fr'])
    assert.equal(code, 2)
    assert.match(stderr, /\[ERR_PSC_USAGE\]$/m)
  })
})

describe('lint in Portuguese', () => {
  for (const format of ['text', 'json', 'github']) {
    test(`lint --format ${format} has the same codes and places in both languages, and no English sentence is left`, async () => {
      const cwd = folderWith({ 'clients.yaml': wrong })
      const [en, pt] = await Promise.all(
        ['en', 'pt'].map((lang) => psc(['lint', '--format', format, '--lang', lang], { cwd })),
      )
      const facts = (text = '') => text.match(/\b[A-Z]+(?:_[A-Z]+)+\b|:\d+:\d+|line=\d+/g)
      assert.deepEqual(facts(pt?.stdout), facts(en?.stdout))
      assert.equal(pt?.code, en?.code)
      assert.match(pt?.stdout ?? '', /o valor não é um endereço de e-mail/)
      assertPortuguese(pt?.stdout ?? '')
    })
  }

  test('The JSON of lint has the same keys, entries and paths in both languages: only messages differ', async () => {
    const cwd = folderWith({ 'clients.yaml': wrong })
    const documents = await Promise.all(
      ['en', 'pt'].map(async (lang) => {
        const { stdout } = await psc(['lint', '--format', 'json', '--lang', lang], { cwd })
        return JSON.parse(stdout, (key, value: unknown) =>
          key === 'message' ? '' : value,
        ) as unknown
      }),
    )
    assert.deepEqual(documents[1], documents[0])
  })
})

describe('help and usage in Portuguese', () => {
  const commands = [
    [],
    ['init'],
    ['lint'],
    ['schema'],
    ['verify'],
    ['login'],
    ['fleet'],
    ['report'],
    ['profiles'],
    ['emulate'],
  ]
  for (const command of commands) {
    test(`The help of pulumi-psc ${command.join('')} is in Portuguese and fits in 80 columns`, async () => {
      const { stdout, stderr, code } = await psc([...command, '--help', '--lang', 'pt'])
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, /^Uso: pulumi-psc /)
      assert.deepEqual(
        stdout.split('\n').filter((line) => line.length > 80),
        [],
      )
      assert.doesNotMatch(stdout, /Options:|\(default|choices/)
      assertPortuguese(stdout)
    })
  }

  const mistakes: readonly (readonly string[])[] = [
    ['lnt'],
    ['lint', '--formt', 'json'],
    ['lint', '--format', 'xml'],
    ['lint', '--format'],
    ['login'],
    ['fleet', 'destroy'],
    ['fleet', 'up', 'a', 'b'],
    ['fleet', 'up', '--parallel', '0'],
    ['schema', 'too-much'],
    ['lint', '--stack', 'production'],
  ]
  for (const args of mistakes) {
    test(`Wrong usage is explained in Portuguese: pulumi-psc ${args.join(' ')}`, async () => {
      const { code, stderr } = await psc(['--lang', 'pt', ...args], { cwd: folderWith({}) })
      assert.equal(code, 2)
      assert.match(stderr, /\[ERR_PSC_USAGE\]\n$/)
      assertPortuguese(stderr)
    })
  }
})

describe('what the commands print in Portuguese', () => {
  /** Each command with a fact of its output, which is the same in every language. */
  const commands: readonly (readonly [args: readonly string[], code: number, fact: RegExp])[] = [
    [['init', 'equipe', '--yes', '--dry-run'], 0, /homologation\.yaml/],
    [['init', '--yes', '--environments', 'a b'], 2, /"a b".*\[ERR_PSC_USAGE\]/],
    [['profiles', 'neoid'], 0, /^ {2}maintenance +sim +confirmado /m],
    [['verify'], 1, /^portal +neoid +falhou/m],
    [['login', 'portla'], 2, /"portla".*portal.*\[ERR_PSC_USAGE\]/],
    [['login', 'portal', '--login-hint', '1'], 2, /CPF.*CNPJ.*\[ERR_PSC_USAGE\]/],
    [['fleet', 'preview', '--shards', '1'], 2, /Pulumi\.yaml.*\[ERR_PSC_USAGE\]/],
    [['emulate', '--try'], 2, /--stack.*\[ERR_PSC_USAGE\]/],
    [['report', '--format', 'md'], 0, /neoid/],
  ]
  for (const [args, expected, fact] of commands) {
    test(`No English sentence is left in the output of pulumi-psc ${args.join(' ')}`, async () => {
      const cwd = folderWith({ 'clients.yaml': manifestOf({}) })
      const { code, stdout, stderr } = await psc([...args, '--lang', 'pt'], { cwd })
      const output = stdout + stderr
      assert.equal(code, expected, output)
      assert.match(output, fact)
      assertPortuguese(output)
    })
  }
})
