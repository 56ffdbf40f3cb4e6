import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { EmulatorConfigError, startEmulator } from '../../emulator/index.ts'
import type { EmulatorConfig } from '../../emulator/index.ts'
import { field, postForm, tokenFields } from './support.ts'

async function problemsOf(config: unknown): Promise<readonly string[]> {
  try {
    const emulator = await startEmulator({ config: config as EmulatorConfig | string })
    await emulator.close()
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
  ['an unknown key at the top', { psc: {} }, 'configuration: unknown key psc'],
  ['an unknown PSC', { pscs: { neo: {} } }, 'pscs: unknown key neo'],
  [
    'an unknown key of a client',
    inNeoid({ ...client, secret: 'x' }),
    'pscs.neoid.clients[0]: unknown key secret',
  ],
  [
    'a client without certificate',
    inNeoid({ clientId: 'a', clientSecret: 'b' }),
    'pscs.neoid.clients[0].certificate: expected object, received undefined',
  ],
  [
    'a secret of a wrong kind',
    inNeoid({ ...client, clientSecret: 12345 }),
    'pscs.neoid.clients[0].clientSecret: must be a text or { env: NAME }',
  ],
  [
    'no names',
    inNeoid({ ...client, certificate: { hosts: [] } }),
    'pscs.neoid.clients[0].certificate.hosts: needs at least one name',
  ],
  [
    'a client id twice',
    inNeoid({ ...client, name: 'A' }, { ...client, name: 'B' }),
    'pscs.neoid.clients[1].clientId: is the same as that of client 0; it must be unique',
  ],
  [
    'a name twice',
    inNeoid({ ...client, name: 'A' }, { ...client, clientId: 'b', name: 'A' }),
    'pscs.neoid.clients[1].name: is the same as that of client 0; it must be unique',
  ],
  [
    'a redirect URI that could not have been registered',
    inNeoid({ ...client, redirectUris: ['https://outro.exemplo.com/'] }),
    'pscs.neoid.clients[0].redirectUris[0]: URI não deriva do conjunto de subject alternative names do certificado: https://outro.exemplo.com/',
  ],
  [
    'a lifetime of nothing',
    { pscs: { serproid: { tokenLifetimeSeconds: 0 } } },
    'pscs.serproid.tokenLifetimeSeconds: must be at least 1 second',
  ],
  [
    "a partner's id twice",
    { motorRce: { clients: [1, 2].map(() => ({ clientId: 'a', clientSecret: 'b' })) } },
    'motorRce.clients[1].clientId: is the same as that of client 0; it must be unique',
  ],
] as const

describe('the configuration', () => {
  for (const [situation, config, problem] of wrong) {
    test(`refuses ${situation} and names the path`, async () => {
      assert.deepEqual(await problemsOf(config), [problem])
    })
  }

  test('tells every problem at once', async () => {
    const problems = await problemsOf({ ports: 1, ...(inNeoid({ clientId: '' }) as object) })
    assert.ok(problems.length >= 4, problems.join('\n'))
  })

  test('never shows a secret', async () => {
    const secret = 'not-a-secret-shown'
    const problems = await problemsOf(
      inNeoid({ ...client, clientSecret: { file: secret } }, { ...client, clientSecret: [secret] }),
    )
    assert.notEqual(problems.length, 0)
    assert.ok(!problems.join('\n').includes(secret))
  })

  test('is read from YAML, and an error names line and column', () =>
    withFile('pscs:\n  neoid:\n    clients:\n      - clientId: 5\n', async (file) => {
      const [first = ''] = await problemsOf(file)
      assert.equal(
        first,
        `${file}:4:19 pscs.neoid.clients[0].clientId: expected string, received number`,
      )
    }))

  test('that is no YAML, or not there, is one clear problem', () =>
    withFile('pscs: [', async (file) => {
      const problems = await problemsOf(file)
      assert.match(problems.join('\n'), /^\S+emulator\.yaml: .* line 1, column 8/)
      assert.deepEqual(await problemsOf(`${file}.x`), [`${file}.x: cannot be read (ENOENT)`])
    }))

  test('that expands without measure is one clear problem', () => {
    const lines = Array.from({ length: 9 }, (_, index) => {
      const aliases = Array.from({ length: 9 }, () => `*a${index}`).join(', ')
      return `a${index + 1}: &a${index + 1} [${aliases}]\n`
    })
    return withFile(`a0: &a0 [x]\n${lines.join('')}`, async (file) => {
      assert.deepEqual(await problemsOf(file), [`${file}: has aliases that expand without measure`])
    })
  })

  test('may be empty', () =>
    withFile('', async (file) => {
      assert.deepEqual(await problemsOf(file), [])
    }))

  test('takes a secret from the environment, and says so when it is not there', async () => {
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
    assert.deepEqual(await problemsOf(config), [
      'the secret of client portal: the environment variable PSC_EMULATOR_TEST_SECRET is not set',
    ])
  })
})
