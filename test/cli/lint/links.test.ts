import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createPem } from '../../rules/support/certificate.ts'
import { manifestOf } from '../../manifest/support.ts'
import { folderWith, psc } from '../psc.ts'

/** What a file of the machine holds. No report may repeat it. */
const secret = 'not-a-secret-of-the-machine'

const pem = createPem({ dns: ['portal.exemplo.gov.br'] })
const key = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`

const root = folderWith({})
const repository = join(root, 'repository')
const machine = join(root, 'machine')

/** The manifest of a case: a client of its own with a certificate or a secret, at a path. */
const clientOf = (file: string, more: Readonly<Record<string, string>>) =>
  manifestOf({
    clientId: [...Object.keys(more), file.replaceAll(/\W+/g, '-')].join('-'),
    name: `Portal ${Object.keys(more).join(' ')} ${file}`,
    ...more,
  })
const certificate = (file: string) => clientOf(file, { certificate: `{ file: ${file} }` })
const secretOf = (file: string) => clientOf(file, { clientSecret: `{ file: ${file} }` })
const previous = (file: string) =>
  clientOf(file, { psc: 'vidaas', previousClientSecret: `{ file: ${file} }` })
const credential = (file: string) =>
  `credentials: { a: { issuer: neoid, clientId: a, clientSecret: { file: ${file} } } }\n`

/** What a name in the repository is: a link to a path, or a manifest. `code` is the problem of `lint`, if it has one. */
type Case = readonly [name: string, is: { link: string } | { manifest: string }, code?: string]

const left: readonly Case[] = [
  ['a manifest outside, by its path', { link: join(machine, 'clients.yaml') }, 'ERR_PSC_LINK'],
  ['a manifest outside, by a way up', { link: '../machine/clients.yaml' }, 'ERR_PSC_LINK'],
  ['a manifest outside, by two links', { link: 'hop.yaml' }, 'ERR_PSC_LINK'],
  ['a file of credentials', { link: join(machine, 'credentials') }, 'ERR_PSC_LINK'],
  ['a private key', { link: '../machine/key.pem' }, 'ERR_PSC_LINK'],
  ['a folder outside', { link: machine }, 'ERR_PSC_LINK'],
  ['a FIFO outside', { link: '../machine/fifo' }, 'ERR_PSC_LINK'],
  ['a certificate outside', { manifest: certificate('cert-link.pem') }, 'ERR_PSC_LINK'],
  ['a certificate in a linked folder', { manifest: certificate('dir/cert.pem') }, 'ERR_PSC_LINK'],
  ['a certificate that is a key', { manifest: certificate('key-link.pem') }, 'ERR_PSC_LINK'],
  ['a certificate that never ends', { manifest: certificate('zero') }, 'ERR_PSC_LINK'],
  ['a secret outside', { manifest: secretOf('secret-link') }, 'ERR_PSC_LINK'],
  ['a secret in a linked folder', { manifest: secretOf('dir/secret') }, 'ERR_PSC_LINK'],
  ['a previous secret outside', { manifest: previous('secret-link') }, 'ERR_PSC_LINK'],
  ['a secret of a credential outside', { manifest: credential('secret-link') }, 'ERR_PSC_LINK'],
]

const others: readonly Case[] = [
  ['the standard input', { link: '/dev/stdin' }, 'ERR_PSC_LINK'],
  ['a device that never ends', { link: '/dev/zero' }, 'ERR_PSC_LINK'],
  ['an environment', { link: '/proc/self/environ' }, 'ERR_PSC_LINK'],
  ['nothing', { link: 'nowhere.yaml' }, 'ERR_PSC_FILE'],
  ['itself', { link: 'itself.yaml' }, 'ERR_PSC_FILE'],
  ['a FIFO', { link: 'fifo' }, 'ERR_PSC_FILE'],
  ['a socket', { link: 'socket' }, 'ERR_PSC_FILE'],
  ['a folder', { link: 'folder' }, 'ERR_PSC_FILE'],
  ['a certificate that is a FIFO', { manifest: certificate('fifo') }, 'ERR_PSC_FILE'],
  ['a manifest of the folder', { link: 'folder/clients.yaml' }],
  ['a certificate of the folder', { manifest: certificate('cert-inside.pem') }],
  ['a certificate outside, without a link', { manifest: certificate('../machine/cert.pem') }],
  ['a secret that is not here', { manifest: secretOf('absent') }],
  ['a secret that is a FIFO', { manifest: secretOf('fifo') }],
]

const fileOf = (name: string) =>
  name === 'itself' ? 'itself.yaml' : `${name.replaceAll(/\W/g, '-')}.yaml`

describe(
  'lint of a repository that a stranger wrote',
  { skip: process.platform === 'win32' },
  () => {
    const server = createServer()
    before(() => {
      mkdirSync(join(repository, 'folder'), { recursive: true })
      mkdirSync(machine)
      const files = {
        'machine/clients.yaml': manifestOf({ name: secret, email: 'x' }),
        'machine/credentials': `[default]\naws_secret_access_key = ${secret}\n`,
        'machine/key.pem': key,
        'machine/cert.pem': pem,
        'machine/secret': secret,
        'repository/folder/clients.yaml': manifestOf(),
        'repository/folder/cert.pem': pem,
      }
      for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
      const links = {
        'hop.yaml': '../machine/clients.yaml',
        dir: machine,
        'cert-link.pem': '../machine/cert.pem',
        'cert-inside.pem': 'folder/cert.pem',
        'key-link.pem': '../machine/key.pem',
        'secret-link': '../machine/secret',
        zero: '/dev/zero',
      }
      for (const [name, to] of Object.entries(links)) symlinkSync(to, join(repository, name))
      spawnSync('mkfifo', [join(machine, 'fifo'), join(repository, 'fifo')])
      server.listen(join(repository, 'socket'))
      for (const [name, is] of [...left, ...others]) {
        const path = join(repository, fileOf(name))
        if ('link' in is) symlinkSync(is.link, path)
        else writeFileSync(path, is.manifest)
      }
    })
    after(() => server.close())

    /** The codes of the errors of each file, and what was printed. */
    async function lint(cases: readonly Case[], ...flags: string[]) {
      const files = cases.map(([name]) => fileOf(name))
      const args = ['lint', ...files, 'dir/clients.yaml', '--format', 'json', ...flags]
      const { stdout } = await psc(args, { cwd: repository })
      const report = JSON.parse(stdout) as {
        files: { file: string; problems: { severity: string; code: string }[] }[]
      }
      const codes = report.files.map(({ file, problems }) => {
        const errors = problems.filter(({ severity }) => severity === 'error')
        return [file, ...errors.map(({ code }) => code)]
      })
      return { stdout, codes: new Map(codes.map(([file = '', ...found]) => [file, found])) }
    }

    test('Lint follows no link out of the folder of the manifest, and reads regular files only', async () => {
      const { codes, stdout } = await lint([...left, ...others])
      for (const [name, , code] of [...left, ...others]) {
        assert.deepEqual(codes.get(fileOf(name)), code === undefined ? [] : [code], name)
      }
      assert.deepEqual(codes.get('dir/clients.yaml'), ['ERR_PSC_LINK'])
      assert.ok(!stdout.includes(secret), stdout)
    })

    test('Lint follows links into the folders that --allow-path names, and reads regular files only', async () => {
      const { codes } = await lint(left, '--allow-path', 'nowhere', '--allow-path', '../machine')
      const zero = 'a certificate that never ends'
      for (const [name] of left) {
        assert.equal(codes.get(fileOf(name))?.includes('ERR_PSC_LINK'), name === zero, name)
      }
      assert.deepEqual(codes.get('dir/clients.yaml'), ['CONTATO_EMAIL_INVALIDO'])
      assert.deepEqual(codes.get(fileOf('a certificate outside')), [])
      assert.deepEqual(codes.get(fileOf('a FIFO outside')), ['ERR_PSC_FILE'])
    })
  },
)
