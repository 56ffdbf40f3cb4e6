import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { manifestOf } from '../../manifest/support.ts'
import { folderWith, psc } from '../psc.ts'

const beside = (name: string) =>
  readFileSync(resolve(import.meta.dirname, '../../manifest', name), 'utf8')

const withWarning = manifestOf({ clientSecret: 'not-a-secret-portal' })
const withError = manifestOf({ email: 'nobody' })

describe('psc lint', () => {
  test('Lint reports every one of twenty mistakes, grouped by entry, with the warnings apart', async () => {
    const cwd = folderWith({ 'clients.yaml': beside('twenty-mistakes.yaml.txt') })
    const { code, stdout, stderr } = await psc(['lint'], { cwd })
    assert.equal(stdout, beside('twenty-mistakes.txt'))
    assert.equal(stderr, '')
    assert.equal(code, 1)
  })

  test('Lint reports in one line that nothing is wrong, and exits with 0', async () => {
    const other = manifestOf({ clientId: 'outro', name: 'Outro' })
    const cwd = folderWith({ 'a.yaml': manifestOf(), 'b.yaml': other })
    assert.deepEqual(await psc(['lint', 'a.yaml', 'b.yaml'], { cwd }), {
      code: 0,
      stdout: 'Checked 2 clients in 2 files: no errors, no warnings.\n',
      stderr: '',
    })
  })

  test('Lint reports a client or a name that two files declare, with both places', async () => {
    const sameName = manifestOf({ clientId: 'outro' })
    const cwd = folderWith({ 'a.yaml': manifestOf(), 'b.yaml': manifestOf(), 'c.yaml': sameName })
    const { code, stdout } = await psc(['lint', 'a.yaml', 'b.yaml', 'a.yaml', 'c.yaml'], { cwd })
    assert.equal(code, 1)
    const [first, ...more] = [...stdout.matchAll(/^ {2}(\S+): error: (.*)$/gm)]
    assert.match(first?.[0] ?? '', /b\.yaml:4:15: .*clientId: "portal" at a\.yaml:4:15 declares/)
    assert.deepEqual(
      more.map(([, place]) => place),
      ['b.yaml:6:11', 'c.yaml:6:11'],
    )
  })

  test('Lint compares the clients of a file that has another error', async () => {
    const unsound = `pscs: { minha: { baseUrl: psc } }\n${withError}`
    for (const files of [
      { 'a.yaml': withError, 'b.yaml': manifestOf() },
      { 'a.yaml': manifestOf(), 'b.yaml': withError },
      { 'a.yaml': unsound, 'b.yaml': manifestOf({ psc: 'minha' }), 'c.yaml': manifestOf() },
    ]) {
      const names = Object.keys(files)
      const { stdout } = await psc(['lint', ...names], { cwd: folderWith(files) })
      assert.match(stdout, /"portal" at a\.yaml:\d+:15 declares.*\[ERR_PSC_DUPLICATE_CLIENT\]/)
    }
  })

  test('Lint checks a file that is named in two ways once', async () => {
    const cwd = folderWith({ 'b.yaml': manifestOf() })
    const { stdout } = await psc(['lint', 'b.yaml', './b.yaml'], { cwd })
    assert.equal(stdout, 'Checked 1 client in 1 file: no errors, no warnings.\n')
  })

  test('Lint exits with 1 for an error in any file, and reports all files', async () => {
    const other = manifestOf({ clientId: 'outro', name: 'Outro' })
    const wrong = manifestOf({ clientId: 'errado', name: 'Errado', email: 'nobody' })
    const cwd = folderWith({ 'a.yaml': wrong, 'b.yaml': withWarning, 'c.yaml': other })
    const { code, stdout } = await psc(['lint', 'a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'], { cwd })
    assert.equal(code, 1)
    assert.match(stdout, /^ {2}a\.yaml:8:12: error: email: /m)
    assert.match(stdout, /^ {2}b\.yaml:5:19: warning: clientSecret: /m)
    assert.match(stdout, /^ {2}d\.yaml: error: .*\[ERR_PSC_FILE\]$/m)
    assert.match(stdout, /\n\nChecked 3 clients in 4 files: 2 errors, 1 warning\.\n$/)
  })

  test('Lint exits with 0 for warnings, and with 1 under --strict', async () => {
    const cwd = folderWith({ 'clients.yaml': withWarning })
    assert.equal((await psc(['lint'], { cwd })).code, 0)
    const strict = await psc(['lint', '--strict'], { cwd })
    assert.equal(strict.code, 1)
    assert.match(strict.stdout, /no errors, 1 warning\.\n$/)
  })

  test('Lint reports that the manifest does not exist', async () => {
    const { code, stdout } = await psc(['lint'], { cwd: folderWith({}) })
    assert.equal(code, 1)
    assert.match(stdout, /^ {2}clients\.yaml: error: .*\[ERR_PSC_FILE\]$/m)
  })

  test('Lint prints no colours without a terminal, and none with NO_COLOR', async () => {
    const cwd = folderWith({ 'clients.yaml': withError })
    const forced = await psc(['lint'], { cwd, env: { FORCE_COLOR: '1' } })
    assert.match(forced.stdout, /\x1B\[31merror\x1B\[39m/)
    for (const env of [{}, { NO_COLOR: '1' }]) {
      const { stdout } = await psc(['lint'], { cwd, env })
      assert.ok(!stdout.includes('\x1B'), stdout)
    }
  })

  test('Lint prints no control character of a file raw, in any format', async () => {
    const evil = '\x1B]0;title\x07\u202E\x9B31m\x7F'
    const cwd = folderWith({
      'clients.yaml': `${manifestOf({ name: `a${evil}b` })}  "x\\e[31m\\x9B": y${evil}\n`,
    })
    for (const format of ['text', 'json', 'github', 'gitlab', 'sarif']) {
      const { stdout, stderr } = await psc(['lint', '--format', format], { cwd })
      assert.equal(stderr, '')
      assert.match(stdout, /1B/i)
      assert.doesNotMatch(stdout, /[^\n\P{C}]/u, format)
    }
  })
})

describe('psc lint --format json', () => {
  test('Lint --format json prints one object with every problem of every file and a summary', async () => {
    const other = manifestOf({ clientId: 'outro', name: 'Outro' })
    const cwd = folderWith({ 'a.yaml': withError, 'b.yaml': other })
    const { code, stdout } = await psc(['lint', 'a.yaml', 'b.yaml', '--format', 'json'], { cwd })
    assert.equal(code, 1)
    const report = JSON.parse(stdout) as { files: { problems: { message: string }[] }[] }
    const message = report.files[0]?.problems[0]?.message
    assert.match(message ?? '', /name@domain/)
    assert.deepEqual(report, {
      files: [
        {
          file: 'a.yaml',
          clients: 1,
          credentials: 0,
          problems: [
            {
              severity: 'error',
              entry: 'client portal',
              path: 'clients.portal.email',
              code: 'CONTATO_EMAIL_INVALIDO',
              message,
              line: 8,
              column: 12,
              endLine: 8,
              endColumn: 18,
              source: '    email: nobody',
            },
          ],
        },
        { file: 'b.yaml', clients: 1, credentials: 0, problems: [] },
      ],
      summary: {
        ...{ clients: 2, credentials: 0, files: 2 },
        ...{ errors: 1, warnings: 0, expiredCertificates: 0 },
      },
    })
  })
})

describe('psc lint --format github', () => {
  test('Lint --format github prints one annotation a problem, with the escapes of workflow commands', async () => {
    const cwd = folderWith({
      'a,b:c%.yaml': manifestOf({ email: 'nobody' }).replace('portal:', '"50%, a::b":'),
    })
    const { stdout } = await psc(['lint', 'a,b:c%.yaml', '--format', 'github'], { cwd })
    const [command, ...rest] = stdout.split('\n')
    assert.match(
      command ?? '',
      /^::error file=a%2Cb%3Ac%25\.yaml,line=8,endLine=8,col=12,endColumn=18,title=client 50%25%2C a%3A%3Ab::email: .*\[CONTATO_EMAIL_INVALIDO\]$/,
    )
    assert.deepEqual(rest, ['Checked 1 client in 1 file: 1 error, no warnings.', ''])
  })

  test('Lint --format github names the file from the root of the repository', async () => {
    const cwd = folderWith({ 'clients.yaml': withWarning })
    const env = { GITHUB_WORKSPACE: resolve(cwd, '..') }
    const { stdout } = await psc(['lint', '--format', 'github'], { cwd, env })
    const [, file] = /^::warning file=([^,]+),/.exec(stdout) ?? []
    assert.equal(resolve(env.GITHUB_WORKSPACE, file ?? ''), resolve(cwd, 'clients.yaml'))
    assert.ok(!file?.startsWith('/'))
  })

  test('Lint --format github prints no command that a file contains', async () => {
    const cwd = folderWith({
      'clients.yaml': manifestOf().replace('portal:', '"x\\n::error::y": # ::error::z\n  z:'),
    })
    for (const format of ['github', 'text']) {
      const { stdout } = await psc(['lint', '--format', format], { cwd })
      const commands = stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))
      assert.ok(
        commands.every((line) => /^::(error|warning) file=/.test(line)),
        stdout,
      )
    }
  })
})
