import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'
import { programs } from './programs.ts'
import { Stranger } from './stranger.ts'

const certificate = { hosts: ['portal.exemplo.gov.br'] }
const client = { clientId: 'portal', clientSecret: 'not-a-secret-portal', certificate }

/** What is no page, example or template of `init`, and runs nothing. */
const sourceOrSetting =
  /^(?:provider|cli|emulator|scripts|test|bench)\/.*\.(?!md$)\w+$|^dist\/.*(?<!\.d)\.ts$|^tsconfig|tsbuildinfo/

// Other package managers: test/versions/.
describe('installed with npm', { concurrency: 2 }, () => {
  let stranger: Stranger
  before(() => {
    stranger = Stranger.create()
  })
  after(() => {
    stranger.remove()
  })

  test('The package installed with npm has JavaScript with types, and no source or settings', () => {
    const names = stranger.installed()
    assert.ok(
      names.includes('dist/provider/index.js') && names.includes('dist/provider/index.d.ts'),
    )
    assert.deepEqual(
      names.filter((name) => sourceOrSetting.test(name)),
      [],
    )
  })

  for (const [kind, program] of Object.entries(programs)) {
    test(`In a program of the kind "${kind}", up applies the client and a preview finds nothing left`, async () => {
      const emulator: Emulator = await startEmulator({
        config: { pscs: { neoid: { clients: [client] } } },
      })
      const stack = await Stack.create({
        ...program,
        parent: stranger.folder,
        config: { 'psc:baseUrls': { neoid: emulator.baseUrls.neoid } },
        env: { PORTAL_SECRET: 'not-a-secret-portal' },
      })
      try {
        await stack.succeed('up', '--yes', '--skip-preview')
        const registered = emulator.registered('neoid', 'portal')
        assert.deepEqual(registered?.redirectUris, ['https://portal.exemplo.gov.br/callback'])
        await stack.succeed('preview', '--expect-no-changes')
      } finally {
        await emulator.close()
      }
    })
  }
})
