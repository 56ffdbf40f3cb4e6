import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { type Recorder, startRecorder } from '../canary/support/recorder.ts'
import { canariesBelow, canariesIn } from '../canary/support/search.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, yamlProgram } from '../support/plugin-stack.ts'

const secrets = {
  environment: 'not/a+secret&by=environment-çã7f31',
  configuration: 'not/a+secret&by=configuration-çãe2b8',
  inline: 'not/a+secret&inline-çã5d60',
  wrong: 'not/a+secret&wrong-çã4a92',
} as const

const kinds = ['environment', 'configuration', 'inline'] as const

const fixture = useStack({
  emulator: {
    pscs: {
      neoid: {
        clients: kinds.map((kind) => ({
          ...registered(portal),
          clientId: kind,
          clientSecret: secrets[kind],
        })),
      },
    },
  },
  env: { CANARY_ENVIRONMENT: secrets.environment, CANARY_WRONG: secrets.wrong },
  prepare: () => ensureLanguageHost('yaml'),
})

let recorder: Recorder

function declare(comments: string, variable = 'CANARY_ENVIRONMENT'): void {
  const of = (clientId: string, clientSecret: unknown) =>
    client({ clientId, name: `Nome ${clientId}`, comments, clientSecret })
  const resources = {
    environment: of('environment', { env: variable }),
    configuration: of('configuration', { config: 'psc:canary' }),
    // As a program in another language passes a secret.
    inline: of('inline', { 'fn::secret': '${inlineCanary}' }),
  }
  const configuration = { inlineCanary: { type: 'string', secret: true } }
  const outputs = { state: '${inline}', secret: '${environment.clientSecret}' }
  fixture.stack.write('Pulumi.yaml', yamlProgram(resources, { config: configuration, outputs }))
}

const shown: string[] = []
const verbose: string[] = []

async function pulumi(expected: 'good' | 'bad', ...args: string[]): Promise<void> {
  const { code, output } = await fixture.stack.run(...args)
  ;(args.includes('--logtostderr') ? verbose : shown).push(output)
  assert.equal(code === 0, expected === 'good', output)
}

const canaries = (): Map<string, string> =>
  new Map([
    ...Object.entries(secrets),
    ...recorder.given.map(([field, value], index) => [`${field} ${index}`, value] as const),
  ])

test('No secret and no token of a stack through the plugin is in an output, a log, the state or another file', async (t) => {
  const { stack, emulator } = fixture
  recorder = await startRecorder(emulator.url)
  t.after(() => recorder.close())
  const baseUrl = emulator.baseUrls.neoid.replace(emulator.url, recorder.url)
  await stack.succeed('config', 'set', '--path', 'psc:baseUrls.neoid', baseUrl)
  await stack.succeed('config', 'set', '--secret', 'psc:canary', secrets.configuration)
  await stack.succeed('config', 'set', '--secret', 'inlineCanary', secrets.inline)
  const everything = ['-v=9', '--logtostderr', '--logflow']
  const changes = ['--yes', '--skip-preview']
  declare('Um')
  await pulumi('good', 'preview', '--diff')
  await pulumi('good', 'up', ...changes, ...everything)
  await pulumi('good', 'refresh', ...changes, ...everything)
  declare('Dois', 'CANARY_WRONG')
  await pulumi('bad', 'preview', '--diff')
  declare('Três')
  // The PSC repeats the whole request.
  recorder.repeats = true
  await pulumi('bad', 'up', ...changes, '--diff')
  recorder.repeats = false
  emulator.faults.add({ kind: 'drop', when: 'after', times: 'always' })
  await stack.succeed('config', 'set', 'psc:timeoutSeconds', '2')
  await pulumi('bad', 'up', ...changes)
  emulator.faults.clear()
  await pulumi('good', 'up', ...changes)
  await pulumi('good', 'stack', 'output', '--json')
  await pulumi('good', 'stack', 'export')

  assert.ok([...canaries().keys()].filter((name) => name.startsWith('access_token')).length >= 9)
  assert.deepEqual(canariesIn(shown.join('\n'), canaries()), [])
  // The engine itself logs the secrets that it has: what a program hands to it, and the configuration of the stack.
  const found = canariesIn(verbose.join('\n'), canaries())
  assert.deepEqual(
    found.filter((name) => name !== 'inline' && name !== 'configuration'),
    [],
  )
  assert.deepEqual([...canariesBelow(stack.folder, canaries())], [])
})
