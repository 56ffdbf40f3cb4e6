import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { EmulatorConfigError, startEmulator } from '../../emulator/index.ts'
import type { EmulatorConfig } from '../../emulator/index.ts'
import { field, postForm, startOnly, tokenFields } from './support.ts'

async function problemsOf(config: unknown): Promise<readonly string[]> {
  try {
    await startOnly(config)
    return []
  } catch (error) {
    assert.ok(error instanceof EmulatorConfigError)
    return error.problems
  }
}

async function withFile(text: string, use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'psc-emulator-'))
  try {
    const file = join(folder, 'emulator.yaml')
    writeFileSync(file, text)
    await use(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const client = {
  clientId: 'portal',
  clientSecret: 'not-a-secret-portal',
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}
const inNeoid = (...clients: unknown[]): unknown => ({ pscs: { neoid: { clients } } })

const wrong = [
  ['an unknown key at the top', { psc: {} }, 'configuration', /psc/],
  ['an unknown PSC', { pscs: { neo: {} } }, 'pscs', /neo/],
  [
    'an unknown key of a client',
    inNeoid({ ...client, secret: 'x' }),
    'pscs.neoid.clients[0]',
    /secret/,
  ],
  [
    'a client without certificate',
    inNeoid({ clientId: 'a', clientSecret: 'b' }),
    'pscs.neoid.clients[0].certificate',
    /neoid/,
  ],
  [
    'a secret of a wrong kind',
    inNeoid({ ...client, clientSecret: 12345 }),
    'pscs.neoid.clients[0].clientSecret',
    /\{ env: NAME \}/,
  ],
  [
    'no names',
    inNeoid({ ...client, certificate: { hosts: [] } }),
    'pscs.neoid.clients[0].certificate.hosts',
    /one name/,
  ],
  [
    'a client id twice',
    inNeoid({ ...client, name: 'A' }, { ...client, name: 'B' }),
    'pscs.neoid.clients[1].clientId',
    /client 0/,
  ],
  [
    'a name twice',
    inNeoid({ ...client, name: 'A' }, { ...client, clientId: 'b', name: 'A' }),
    'pscs.neoid.clients[1].name',
    /client 0/,
  ],
  [
    'a redirect URI that could not have been registered',
    inNeoid({ ...client, redirectUris: ['https://outro.exemplo.com/'] }),
    'pscs.neoid.clients[0].redirectUris[0]',
    /https:\/\/outro\.exemplo\.com\//,
  ],
  [
    'a lifetime of nothing',
    { pscs: { serproid: { tokenLifetimeSeconds: 0 } } },
    'pscs.serproid.tokenLifetimeSeconds',
    /1 second/,
  ],
  [
    "a partner's id twice",
    { motorRce: { clients: [1, 2].map(() => ({ clientId: 'a', clientSecret: 'b' })) } },
    'motorRce.clients[1].clientId',
    /client 0/,
  ],
] as const

describe('the configuration of the emulator', () => {
  for (const [situation, config, path, fact] of wrong) {
    test(`The emulator refuses ${situation} and names the path`, async () => {
      const [problem = '', ...others] = await problemsOf(config)
      assert.ok(problem.startsWith(`${path}: `), problem)
      assert.match(problem, fact)
      assert.deepEqual(others, [])
    })
  }

  test('The emulator reports all problems of the configuration together', async () => {
    const problems = await problemsOf({ ports: 1, ...(inNeoid({ clientId: '' }) as object) })
    assert.deepEqual(problems.map((problem) => problem.split(':')[0]).toSorted(), [
      'configuration',
      'pscs.neoid.clients[0].clientId',
      'pscs.neoid.clients[0].clientSecret',
    ])
  })

  test('Each problem ends in a full stop and the code, without a word of the library', async () => {
    const problems = await problemsOf({
      host: 1,
      port: 70_000,
      pscs: { neoid: { clients: {}, behaviour: { certificate: 'perhaps' } } },
      motorRce: [],
      holders: [{ type: 'RG' }, 'ana'],
    })
    assert.equal(problems.length, 7)
    for (const problem of problems) {
      assert.match(problem, /\. \[ERR_PSC_EMULATOR_CONFIG\]$/)
      assert.doesNotMatch(problem, /invalid|expected|received|discriminator/i)
    }
  })

  test('Every line of the message ends in the code', async () => {
    const code = 'ERR_PSC_EMULATOR_CONFIG'
    await assert.rejects(startOnly({ port: -1, ports: 1 }), {
      code,
      message: new RegExp(`^port: .* \\[${code}\\]\nconfiguration: .* \\[${code}\\]$`),
    })
  })

  test('No problem shows a secret', async () => {
    const secret = 'not-a-secret-shown'
    const problems = await problemsOf(
      inNeoid({ ...client, clientSecret: { file: secret } }, { ...client, clientSecret: [secret] }),
    )
    assert.notEqual(problems.length, 0)
    assert.ok(!problems.join('\n').includes(secret))
  })

  test('A problem in a YAML file names its line and column', () =>
    withFile('pscs:\n  neoid:\n    clients:\n      - clientId: 5\n', async (file) => {
      const [first = ''] = await problemsOf(file)
      const place = `${file}:4:19: pscs.neoid.clients[0].clientId: `
      assert.ok(first.startsWith(place) && first.includes('a string'), first)
    }))

  test('A file that is not YAML, or that does not exist, is one problem', () =>
    withFile('pscs: [', async (file) => {
      const problems = await problemsOf(file)
      assert.equal(problems.length, 1)
      assert.match(problems[0] ?? '', /emulator\.yaml:1:8: .* not YAML/)
      for (const [path, fact] of [
        [`${file}.x`, 'does not exist'],
        [dirname(file), 'directory'],
      ] as const) {
        const [problem = '', ...others] = await problemsOf(path)
        assert.ok(problem.startsWith(`${path}: `) && problem.includes(fact), problem)
        assert.deepEqual(others, [])
      }
    }))

  test('A file whose aliases expand without limit is one problem', () => {
    const lines = Array.from({ length: 9 }, (_, index) => {
      const aliases = Array.from({ length: 9 }, () => `*a${index}`).join(', ')
      return `a${index + 1}: &a${index + 1} [${aliases}]\n`
    })
    return withFile(`a0: &a0 [x]\n${lines.join('')}`, async (file) => {
      const [problem = '', ...others] = await problemsOf(file)
      assert.ok(problem.startsWith(`${file}: `) && problem.includes('aliases'), problem)
      assert.deepEqual(others, [])
    })
  })

  test('The configuration may be empty', () =>
    withFile('', async (file) => {
      assert.deepEqual(await problemsOf(file), [])
    }))

  test('A secret can come from the environment, and a missing variable is named', async () => {
    process.env.PSC_EMULATOR_TEST_SECRET = 'not-a-secret-environment'
    const config = inNeoid({ ...client, clientSecret: { env: 'PSC_EMULATOR_TEST_SECRET' } })
    try {
      const emulator = await startEmulator({ config: config as EmulatorConfig })
      const fields = tokenFields({ id: 'portal', secret: 'not-a-secret-environment' })
      const seen = await postForm(`${emulator.baseUrls.neoid}/client_token`, fields)
      await emulator.close()
      assert.equal(field(seen.body, 'token_type'), 'Bearer')
    } finally {
      delete process.env.PSC_EMULATOR_TEST_SECRET
    }
    const place = 'pscs.neoid.clients[0].clientSecret: '
    const [unset = ''] = await problemsOf(config)
    assert.ok(unset.startsWith(place) && unset.includes('PSC_EMULATOR_TEST_SECRET is not set'))
    process.env.PSC_EMULATOR_TEST_SECRET = ''
    const [empty = ''] = await problemsOf(config)
    delete process.env.PSC_EMULATOR_TEST_SECRET
    assert.ok(empty.startsWith(place) && empty.includes('PSC_EMULATOR_TEST_SECRET is empty'))
  })
})
