import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'
import { type Kind, type Program, programs, uris } from '../versions/programs.ts'
import { Stranger } from './stranger.ts'

const clients = Object.keys(uris).map((clientId) => ({
  clientId,
  clientSecret: `not-a-secret-${clientId}`,
  certificate: { hosts: [`${clientId}.exemplo.gov.br`] },
}))

/** Those that run with the packages of `Stranger`. CI has the others in test/versions/. */
const kinds: readonly Kind[] = [
  "TypeScript 5 with the settings of Pulumi's old template",
  "TypeScript 5 with the settings of Pulumi's template",
  'TypeScript that Node.js runs',
]

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

  for (const kind of kinds) {
    const { files, main, runtime, type }: Program = programs[kind]
    test(`In a program of the kind "${kind}", up applies the clients and a preview finds nothing left`, async () => {
      const emulator: Emulator = await startEmulator({ config: { pscs: { neoid: { clients } } } })
      const stack = await Stack.create({
        files: { ...files, 'package.json': JSON.stringify({ name: 'program', main, type }) },
        main,
        runtime,
        parent: stranger.folder,
        config: { 'psc:baseUrls': { neoid: emulator.baseUrls.neoid } },
        env: { PORTAL_SECRET: 'not-a-secret-portal', AGENDA_SECRET: 'not-a-secret-agenda' },
      })
      try {
        await stack.succeed('up', '--yes', '--skip-preview')
        for (const [clientId, uri] of Object.entries(uris)) {
          assert.deepEqual(emulator.registered('neoid', clientId)?.redirectUris, [uri])
        }
        await stack.succeed('preview', '--expect-no-changes')
      } finally {
        await emulator.close()
      }
    })
  }
})
