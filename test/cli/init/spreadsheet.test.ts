import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { folderWith, type Outcome, psc } from '../psc.ts'

const head = 'environment,key,psc,clientId,secret,name,comments,email,redirectUris,hosts'

const portal =
  'production,portal,neoid,64e587fa,PORTAL,Portal do Cidadão,Assinatura,a@exemplo.gov.br,https://portal.exemplo.gov.br/a https://portal.exemplo.gov.br/b,portal.exemplo.gov.br'

const agenda =
  'homologation,agenda,vidaas,b7f4a2c8,,Agenda,Identificação,a@exemplo.gov.br,https://agenda.exemplo.gov.br/a,'

interface Result extends Outcome {
  readonly folder: string
}

/** Runs init with a spreadsheet of these bytes. */
async function from(content: string | Uint8Array, ...flags: readonly string[]): Promise<Result> {
  const cwd = folderWith({ 'clients.csv': content })
  const args = ['init', 'new', '--yes', '--from', 'clients.csv', ...flags]
  return { ...(await psc(args, { cwd })), folder: join(cwd, 'new') }
}

const manifest = (folder: string, environment: string): Record<string, Record<string, unknown>> =>
  parse(readFileSync(join(folder, `clients.${environment}.yaml`), 'utf8')) as Record<
    string,
    Record<string, unknown>
  >

const clients = {
  portal: {
    psc: 'neoid',
    clientId: '64e587fa',
    clientSecret: { env: 'PORTAL' },
    name: 'Portal do Cidadão',
    comments: 'Assinatura',
    email: 'a@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/a', 'https://portal.exemplo.gov.br/b'],
    certificate: { hosts: ['portal.exemplo.gov.br'] },
  },
}

/** The lines of the refusal that name a cell. */
async function faults(...args: Parameters<typeof from>): Promise<string[]> {
  const { code, stderr, folder } = await from(...args)
  assert.equal(code, 1, stderr)
  assert.match(stderr, /\[ERR_PSC_SPREADSHEET\]\n$/)
  assert.ok(!existsSync(folder))
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('  row '))
    .map((line) => line.trim())
}

describe('psc init --from', () => {
  test('A client of each row is in the manifest of its environment', async () => {
    const { folder, stderr } = await from(`${head}\n${portal}\n\n${agenda}\n`)
    assert.equal(stderr, '')
    assert.deepEqual(manifest(folder, 'production').clients, clients)
    const { agenda: read } = manifest(folder, 'homologation').clients as { agenda: object }
    assert.deepEqual(read, {
      psc: 'vidaas',
      clientId: 'b7f4a2c8',
      clientSecret: { env: 'AGENDA_SECRET' },
      name: 'Agenda',
      comments: 'Identificação',
      email: 'a@exemplo.gov.br',
      redirectUris: ['https://agenda.exemplo.gov.br/a'],
    })
    const lint = ['lint', '--strict', 'clients.production.yaml', 'clients.homologation.yaml']
    assert.equal((await psc(lint, { cwd: folder })).code, 0)
  })

  test('The workflow exports the secrets of the convention, and those that the spreadsheet names otherwise', async () => {
    const { folder } = await from(`${head}\n${portal}\n${agenda}\n`, '--ci', 'github')
    const workflow = readFileSync(join(folder, '.github/workflows/clients.yml'), 'utf8')
    const [, pattern = ''] = /if \(\/(.+)\/\.test\(name\)\)/.exec(workflow) ?? []
    const names = ['PORTAL', 'AGENDA_SECRET', 'PULUMI_ACCESS_TOKEN', 'github_token', 'PORTAL_2']
    assert.deepEqual(
      names.filter((name) => new RegExp(pattern).test(name)),
      ['PORTAL', 'AGENDA_SECRET'],
    )
  })

  const text = `${head}\r\n${portal}\r\n`
  const semicolons = text.replaceAll(',', ';')
  const forms: Readonly<Record<string, readonly [string | Uint8Array, ...string[]]>> = {
    'a byte order mark': [`\uFEFF${text}`],
    semicolons: [semicolons],
    'Windows-1252, named': [Buffer.from(semicolons, 'latin1'), '--encoding', 'windows-1252'],
    'quoted cells with line breaks': [text.replace(/(https:\S+) (https:[^,]+)/, '"$1\n$2"')],
    'columns in another order': [
      text
        .split('\r\n')
        .map((line) => line.split(',').reverse().join(','))
        .join('\n'),
    ],
  }
  for (const [form, [content, ...flags]] of Object.entries(forms)) {
    test(`Init reads a spreadsheet with ${form}`, async () => {
      const { folder, stderr } = await from(content, '--environments', 'production', ...flags)
      assert.equal(stderr, '')
      assert.deepEqual(manifest(folder, 'production').clients, clients)
    })
  }

  test('Text that is not UTF-8 is refused with the flag that reads it', async () => {
    const { code, stderr } = await from(Buffer.from(text, 'latin1'))
    assert.match(stderr, /not UTF-8.*--encoding windows-1252.*\[ERR_PSC_SPREADSHEET\]/)
    assert.equal(code, 1)
  })

  test('Every problem of the columns is named at once', async () => {
    assert.deepEqual(await faults('key,key,psc,clientID,name,comments,email\n'), [
      'row 1, key: the column is there twice. Remove one.',
      'row 1, clientID: unknown column. Did you mean clientId?',
      'row 1, clientId: the column is missing. Add it.',
      'row 1, redirectUris: the column is missing. Add it.',
      'row 2, key: there is no client. Add a row.',
    ])
  })

  test('Every problem of the cells is named at once, with its row and column', async () => {
    const wrong = 'prod,,neoi,,n0t-a-name!,,,,,'
    const found = await faults(`${head}\n${portal}\n\n${wrong}\n${portal}\n`)
    assert.deepEqual(
      found.map((line) => line.replace(/^(row \d+, \w+): .*/, '$1')),
      [
        'row 4, environment',
        'row 4, key',
        'row 4, clientId',
        'row 4, name',
        'row 4, comments',
        'row 4, email',
        'row 4, redirectUris',
        'row 4, psc',
        'row 4, secret',
        'row 5, key',
      ],
    )
    assert.match(found.join('\n'), /unknown PSC "neoi"\. Did you mean neoid\?/)
    assert.match(found.join('\n'), /row 2 has the same key/)
  })

  test('A cell that could be a secret is not repeated', async () => {
    const { stderr } = await from(`${head}\n${portal.replace(',PORTAL,', ',n0t-a-name!,')}\n`)
    assert.match(stderr, /row 2, secret: /)
    assert.doesNotMatch(stderr, /n0t-a-name/)
  })

  test('The rules of lint are those of the spreadsheet, with row and column', async () => {
    const wrong = portal
      .replace('a@exemplo', 'exemplo')
      .replace('https://portal.exemplo.gov.br/b', 'https://outro.exemplo.gov.br/b')
    const found = await faults(`${head}\n${agenda}\n${wrong}\n`)
    assert.equal(found.length, 2)
    assert.match(found[0] ?? '', /^row 3, email: .*\[CONTATO_EMAIL_INVALIDO\]$/)
    assert.match(
      found[1] ?? '',
      /^row 3, redirectUris: .*\[URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO\]$/,
    )
  })

  test('An environment without a client is refused', async () => {
    assert.deepEqual(await faults(`${head}\n${portal}\n`), [
      'row 1, environment: no row is for clients.homologation.yaml. Add one, or correct --environments.',
    ])
  })

  test('A PSC without maintenance needs only the credential', async () => {
    const { folder, stderr } = await from(
      `${head}\nproduction,a,safeid,b7f4,,,,,,\n${portal}\n`,
      '--environments',
      'production',
    )
    assert.equal(stderr, '')
    assert.deepEqual(manifest(folder, 'production').credentials, {
      a: { issuer: 'safeid', clientId: 'b7f4', clientSecret: { env: 'A_SECRET' } },
    })
  })

  test('A quote without a partner and a missing file are one sentence each', async () => {
    const { stderr } = await from(`${head}\n"a,b\n`)
    assert.match(
      stderr,
      /clients\.csv: line \d: a quote has no partner.*\[ERR_PSC_SPREADSHEET\]\n$/,
    )
    const missing = await psc(['init', 'new', '--yes', '--from', 'no.csv'], { cwd: folderWith({}) })
    assert.match(missing.stderr, /no\.csv: the file does not exist.*\[ERR_PSC_SPREADSHEET\]\n$/)
  })
})
