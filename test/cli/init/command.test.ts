import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { writeFiles } from '../../../cli/init/files.ts'
import { writeRepository } from '../../../cli/init/init.ts'
import { defaults, type Questions } from '../../../cli/init/questions.ts'
import { init } from '../../../cli/init/run.ts'
import {
  choosablePscs,
  exampleClients,
  languages,
  layouts,
  pipelines,
} from '../../../cli/init/setup.ts'
import { folderWith, type Outcome, psc } from '../psc.ts'

const environments = ['desenvolvimento', 'homologation', 'production']

const all = 'neoid,serproid,vidaas,birdid,vaultid,safeid'

const run = (folder: string, ...flags: string[]): Promise<Outcome> =>
  psc(['init', folder, ...flags], { cwd: folderWith({}) })

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()

describe('psc init', () => {
  for (const layout of layouts) {
    for (const ci of pipelines) {
      for (const lang of languages) {
        const flags = ['--layout', layout, '--ci', ci, '--lang', lang]
        test(`Lint --strict accepts what init ${flags.join(' ')} writes for every PSC`, async () => {
          const folder = folderWith({})
          const setup = { name: 'clientes', environments, layout, ci, lang }
          writeRepository(folder, writeFiles(setup, exampleClients(setup, choosablePscs), true))
          for (const file of files(folder)) assert.doesNotMatch(read(folder, file), /<<\w+>>/)
          const { scripts } = JSON.parse(read(folder, 'package.json')) as {
            scripts: { lint: string }
          }
          const lint = scripts.lint.split(' ').slice(1)
          const { code, stdout } = await psc(lint, { cwd: folder })
          assert.match(stdout, /^Checked 15 clients and 3 credentials in \d files?: no errors, no/m)
          assert.equal(code, 0)
          const pipeline = { github: '.github/workflows/clients.yml', gitlab: '.gitlab-ci.yml' }
          for (const [name, file] of Object.entries(pipeline)) {
            assert.equal(existsSync(join(folder, file)), name === ci)
            if (name === ci) assert.equal(typeof parse(read(folder, file)), 'object')
          }
        })
      }
    }
  }

  test('Lint --stack accepts each stack that init writes', async () => {
    const folder = folderWith({})
    await run(folder, '--yes')
    for (const stack of ['homologation', 'production']) {
      const { code, stdout } = await psc(['lint', '--strict', '--stack', stack], { cwd: folder })
      assert.equal(code, 0, stdout)
    }
  })

  test('No client outside of production is led to a production address', async () => {
    const folder = folderWith({})
    await run(folder, '--yes', '--environments', 'teste', '--psc', all)
    const { pscs } = parse(read(folder, 'clients.teste.yaml')) as {
      pscs: Record<string, { baseUrl?: string }>
    }
    const hosts = Object.values(pscs).map(({ baseUrl = '' }) => new URL(baseUrl).hostname)
    assert.deepEqual(hosts, Array<string>(6).fill('127.0.0.1'))
  })

  test('The addresses of the emulator in a manifest are those that emulate serves', async () => {
    const folder = folderWith({})
    await run(folder, '--yes', '--psc', 'safeid,neoid,birdid')
    const { pscs } = parse(read(folder, 'clients.homologation.yaml')) as {
      pscs: { neoid: { baseUrl: string } }
    }
    assert.equal(pscs.neoid.baseUrl, 'http://127.0.0.1:8080/psc/v0/oauth')
  })

  test('Init writes the same files for the same answers', async () => {
    const [one, two] = [folderWith({}), folderWith({})]
    for (const folder of [one, two]) await run(folder, '--yes', '--lang', 'pt', '--psc', all)
    for (const file of files(one)) {
      if (/package\.json|Pulumi\.yaml|README/.test(file)) continue
      assert.equal(read(one, file), read(two, file))
    }
  })

  test('Init overwrites nothing, names all that is in the way, and writes nothing', async () => {
    const folder = folderWith({ 'index.ts': 'mine', 'README.md': 'mine' })
    symlinkSync('nowhere', join(folder, 'tsconfig.json'))
    const { code, stderr, stdout } = await run(folder, '--yes')
    assert.match(
      stderr,
      /README\.md, index\.ts, tsconfig\.json are already in .*\[ERR_PSC_INIT\]\n$/,
    )
    assert.deepEqual([code, stdout], [1, ''])
    assert.deepEqual(files(folder), ['README.md', 'index.ts'])
    assert.equal(read(folder, 'index.ts'), 'mine')
  })

  test('Init --dry-run lists the files that init writes, and writes none', async () => {
    const folder = folderWith({})
    const { stdout } = await run(folder, '--yes', '--dry-run')
    assert.deepEqual(files(folder), [])
    await run(folder, '--yes')
    const listed = stdout.split('\n').slice(1, -1)
    assert.deepEqual(listed.map((line) => line.trim()).sort(), files(folder))
  })

  test('Without a terminal, init names the flags that are missing', async () => {
    const { code, stderr } = await run(folderWith({}), '--psc', 'neoid', '--ci', 'none')
    assert.match(
      stderr,
      /Give --environments, --layout, --lang, or --yes for the defaults\. \[ERR_PSC_USAGE\]/,
    )
    assert.equal(code, 2)
  })

  for (const [flags, says] of [
    [['--psc', 'neiod'], /--psc: unknown PSC "neiod"\. Did you mean neoid\?/],
    [['--psc', 'standard'], /--psc: unknown PSC "standard"/],
    [['--psc', 'neoid,'], /Give names with a comma/],
    [['--environments', 'a b'], /--environments: "a b" cannot be the name of a stack/],
  ] as const) {
    test(`Init refuses ${flags.join(' ')}`, async () => {
      const { code, stderr } = await run(folderWith({}), '--yes', ...flags)
      assert.match(stderr, says)
      assert.equal(code, 2)
    })
  }

  test('At a terminal, init asks only for what no flag gives', async () => {
    const asked: string[] = []
    const choose = <T>(question: string, [first]: readonly T[]): Promise<T | undefined> => {
      asked.push(question)
      return Promise.resolve(first)
    }
    const questions: Questions = {
      text: (question) => choose(question, [' dev , prod']),
      one: (question, choices) =>
        choose(
          question,
          choices.map(({ value }) => value),
        ),
      many: (question, choices) =>
        choose(question, [choices.map(({ value }) => value).slice(0, 2)]),
    }
    const folder = folderWith({})
    await init(folder, { encoding: 'utf-8', lang: 'pt', ci: 'none' }, questions)
    assert.deepEqual(asked, [
      'Ambientes, cada um uma stack (separados por vírgula)',
      'PSCs',
      'Organização',
    ])
    assert.ok(existsSync(join(folder, 'Pulumi.dev.yaml')))
    const { clients } = parse(read(folder, 'clients.prod.yaml')) as { clients: object }
    assert.deepEqual(Object.keys(clients), ['portal-neoid', 'portal-serproid'])
  })

  test('A person who cancels gets no file', async () => {
    const folder = folderWith({})
    const nothing = () => Promise.resolve(undefined)
    const questions = { text: nothing, one: nothing, many: nothing }
    await assert.rejects(init(folder, { encoding: 'utf-8' }, questions), {
      message: 'cancelled. Nothing was written. [ERR_PSC_INIT]',
    })
    assert.deepEqual(files(folder), [])
  })

  test('The default language is that of the machine', () => {
    assert.equal(defaults('pt-BR').lang, 'pt')
    assert.equal(defaults('en-GB').lang, 'en')
  })

  test('The problem matcher of the editor reads each problem of lint', async () => {
    const folder = folderWith({})
    await run(folder, '--yes', '--psc', 'neoid')
    const manifest = read(folder, 'clients.production.yaml').replace('suporte@', 'suporte')
    writeFileSync(join(folder, 'clients.production.yaml'), manifest)
    const { stdout } = await psc(['lint', 'clients.production.yaml'], { cwd: folder })
    const { tasks } = JSON.parse(read(folder, '.vscode/tasks.json')) as {
      tasks: { problemMatcher: { pattern: { regexp: string } } }[]
    }
    const pattern = new RegExp(tasks[0]?.problemMatcher.pattern.regexp ?? '', 'm')
    const [, file, line, , severity, message, code] = pattern.exec(stdout) ?? []
    assert.deepEqual(
      [file, severity, code],
      ['clients.production.yaml', 'error', 'CONTATO_EMAIL_INVALIDO'],
    )
    assert.match(manifest.split('\n')[Number(line) - 1] ?? '', /email:/)
    assert.match(message ?? '', /^email: /)
  })
})
