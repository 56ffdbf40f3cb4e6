import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, test } from 'node:test'
import { descendantsOf, killTree } from '../../cli/processes.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, yamlProgram } from '../support/plugin-stack.ts'

const ids = ['um', 'dois', 'tres', 'quatro']

const fixture = useStack({
  emulator: {
    pscs: { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } },
  },
  config: () => ({ 'psc:timeoutSeconds': '4' }),
  async prepare(stack) {
    await ensureLanguageHost('yaml')
    declare('Antes')
    await stack.succeed(...up)
  },
})

const up = ['up', '--yes', '--skip-preview']

function declare(comments: string): void {
  const clients = ids.map((id) => [id, client({ clientId: id, name: `Nome ${id}`, comments })])
  fixture.stack.write('Pulumi.yaml', yamlProgram(Object.fromEntries(clients) as never))
}

beforeEach(() => {
  fixture.emulator.requests.clear()
  // The write of one client takes effect, and its answer never arrives.
  const lost = { kind: 'hang', when: 'after', operation: 'clientMaintenance' } as const
  fixture.emulator.faults.add({ ...lost, clientId: 'dois', times: 'always' })
})
afterEach(() => {
  fixture.emulator.faults.clear()
})

/** The processes of the plugin below an engine. */
const pluginsOf = (engine: number): number[] =>
  descendantsOf(engine)
    .filter(({ command }) => command.includes('pulumi-resource-psc'))
    .map(({ pid }) => pid)

/** Tells whether a process runs. Nobody may have collected an ended child of a killed engine. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

const commentsOf = (id: string) => fixture.emulator.registered('neoid', id)?.comments

const turn = () => new Promise(setImmediate)

type End = (engine: number, plugins: readonly number[]) => unknown

const ends: Readonly<Record<string, End>> = {
  'Ctrl-C': (engine) => process.kill(engine, 'SIGINT'),
  async 'Ctrl-C twice'(engine) {
    process.kill(engine, 'SIGINT')
    await turn()
    process.kill(engine, 'SIGINT')
  },
  'a kill of the engine': (engine) => process.kill(engine, 'SIGKILL'),
  'a kill of the plugin'(_engine, plugins) {
    for (const pid of plugins) process.kill(pid, 'SIGKILL')
  },
  'a kill of everything': killTree,
}

for (const [name, end] of Object.entries(ends)) {
  test(`After ${name} during an up, no plugin is left, and the next up takes back what it has begun`, async () => {
    declare('Depois')
    const run = fixture.stack.start(...up)
    run.stdout.resume()
    run.stderr.resume()
    const ended = once(run, 'exit')
    const isWritten = (id: string) => commentsOf(id) === 'Depois'
    while (!ids.every(isWritten) && run.exitCode === null) await turn()
    assert.ok(run.pid)
    const plugins = pluginsOf(run.pid)
    assert.notEqual(plugins.length, 0)
    await end(run.pid, plugins)
    const [code] = (await ended) as [number | null]
    assert.notEqual(code, 0)
    while (plugins.some(isAlive)) await turn()

    fixture.emulator.faults.clear()
    await fixture.stack.run('cancel', '--yes')
    declare('Antes')
    await fixture.stack.succeed(...up)
    assert.deepEqual(
      ids.map(commentsOf),
      ids.map(() => 'Antes'),
    )
  })
}

test('After the next up, a preview has no change', async () => {
  await fixture.stack.succeed('preview', '--expect-no-changes')
})
