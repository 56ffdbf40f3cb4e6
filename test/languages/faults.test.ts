import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { faults } from '../faults/support/faults.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, diagnosticsOf, type Program, yamlProgram } from '../support/plugin-stack.ts'

/** What is left after a fault. */
interface Left {
  readonly code: string | undefined
  readonly atThePsc: string
  readonly inTheState: string
}

const page = readFileSync(new URL('../faults/README.md', import.meta.url), 'utf8')
const titles = {
  clientToken: 'Apply: `POST /client_token`',
  clientMaintenance: 'Apply: `PUT /client_maintenance`',
} as const

/** The row of the table of faults. What is seen of retries differs with the time limit; what is left and the code do not. */
function expected(operation: keyof typeof titles, fault: string): Left {
  const section = page.split(`\n## ${titles[operation]}\n`)[1]?.split('\n## ')[0] ?? ''
  const row = section.split('\n').find((line) => line.startsWith(`| ${fault} |`)) ?? ''
  const [, , , seen = '', atThePsc = '', inTheState = ''] = row
    .split('|')
    .map((cell) => cell.trim())
  const [, code] = inTheState === 'as declared' ? [] : (/\[([A-Z_]+)\]`$/.exec(seen) ?? [])
  return { code, atThePsc, inTheState }
}

const strikes = (['clientToken', 'clientMaintenance'] as const).flatMap((operation) =>
  faults
    .filter(({ script, only }) => script && (only?.includes(operation) ?? true))
    .map((fault, index) => ({ ...fault, operation, id: `${operation}-${index}` })),
)

const fixture = useStack({
  emulator: {
    pscs: {
      neoid: {
        clients: strikes.map(({ id }) => ({
          ...registered(portal),
          clientId: id,
          comments: 'Antes',
        })),
      },
    },
  },
  config: () => ({ 'psc:timeoutSeconds': '12', 'psc:maxConnections': '200' }),
  prepare: () => ensureLanguageHost('yaml'),
})

const comments = 'Como declarado'

test('One up from YAML leaves of every fault what the table of faults says', async () => {
  for (const { operation, id, script } of strikes) {
    if (script) fixture.emulator.faults.add({ ...script, operation, clientId: id })
  }
  const program: Program = Object.fromEntries(
    strikes.map(({ id }) => [id, client({ clientId: id, name: `Nome ${id}`, comments })]),
  )
  fixture.stack.write('Pulumi.yaml', yamlProgram(program))
  const args = ['up', '--yes', '--skip-preview', '--continue-on-error', '--parallel', '200']
  const output = await fixture.stack.fail(...args)
  fixture.emulator.faults.clear()
  const { deployment } = await fixture.stack.state()
  const shown = diagnosticsOf(output)
  const left = (id: string): Left => {
    const stored = deployment.resources?.find(({ urn }) => urn.endsWith(`::${id}`))
    const isSettled = stored?.outputs?.settled !== false
    return {
      code: shown.get(id)?.findLast((code) => !code.startsWith('WARN_')),
      atThePsc:
        fixture.emulator.registered('neoid', id)?.comments === comments
          ? 'as declared'
          : 'as before',
      inTheState: !stored
        ? 'as before: the next run writes it'
        : isSettled
          ? 'as declared'
          : 'as declared, marked as not settled: the next run writes it again',
    }
  }
  assert.ok(strikes.length > 80)
  assert.deepEqual(
    strikes.map(({ operation, name, id }) => ({ operation, name, ...left(id) })),
    strikes.map(({ operation, name }) => ({ operation, name, ...expected(operation, name) })),
  )
  assert.doesNotMatch(output + JSON.stringify(deployment), /not-a-secret/)
})
