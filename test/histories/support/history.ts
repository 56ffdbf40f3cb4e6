import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { canariesBelow, canariesIn } from '../../canary/support/search.ts'
import {
  type Client,
  type Declaration,
  documentOf,
  edited,
  first,
  idOf,
  manifestOf,
  pscs,
  type StackName,
  stacks,
} from './declaration.ts'
import { strike } from './kill.ts'
import { type History, type Kill, mishaps, type RunStep, type Step } from './steps.ts'
import { type Command, HistoryProject } from './project.ts'

/**
 * Runs a history to its end, and then: the PSCs have exactly what is declared, the next preview shows no change and
 * writes nothing, nothing was written that was never declared, no secret is anywhere, and no process is left.
 */
export async function run(history: History): Promise<void> {
  const project = await HistoryProject.create(history.through)
  const runner = new Runner(project, history)
  try {
    for (const step of history.steps) await runner.take(step)
    await runner.end()
  } catch (error) {
    const log = runner.log.join('\n\n')
    throw new Error(`${JSON.stringify(history)}\n${String(error)}\n\n${log}`, { cause: error })
  } finally {
    await project.remove()
  }
}

class Runner {
  /** The commands and what they printed. */
  readonly log: string[] = []
  readonly #project: HistoryProject
  readonly #history: History
  #declared: Declaration = first
  #isReversed = false
  /** What was declared at each run. */
  readonly #past: Declaration[] = [first]
  /** Everything that was ever declared. */
  readonly #ever: Declaration[] = [first]
  readonly #exported = new Set<StackName>()
  #number = 0

  constructor(project: HistoryProject, history: History) {
    this.#project = project
    this.#history = history
  }

  async take(step: Step): Promise<void> {
    const project = this.#project
    switch (step.do) {
      case 'take back':
        // Edits since the last run, or else that which it ran with.
        this.#declare(this.#past.findLast((past) => !isDeepStrictEqual(past, this.#declared)))
        return
      case 'reorderEntries':
        this.#isReversed = !this.#isReversed
        return
      case 'mishap': {
        const aim = { operation: 'clientMaintenance', clientId: idOf(step.client) } as const
        project.emulator.faults.add({ ...aim, ...mishaps[step.what] })
        return
      }
      case 'lock':
        project.lock(step.stack)
        return
      case 'cancel':
        project.unlock(step.stack)
        return
      case 'export':
        // The first one stays: the later it is imported, the older it is.
        if (this.#exported.has(step.stack)) return
        await this.#run(project.start(step.stack, 'stack', 'export', '--file', fileOf(step.stack)))
        this.#exported.add(step.stack)
        return
      case 'import':
        if (!this.#exported.has(step.stack)) return
        await this.#run(project.start(step.stack, 'stack', 'import', '--file', fileOf(step.stack)))
        return
      case 'preview':
      case 'up':
      case 'up --refresh':
      case 'refresh':
      case 'destroy':
      case 'fleet preview':
      case 'fleet up':
      case 'fleet refresh':
      case 'two ups':
        this.#past.push(this.#declared)
        await this.#operate(step)
        project.emulator.faults.clear()
        return
      default:
        this.#declare(edited(this.#declared, step.do, step.client))
    }
  }

  /** Runs once more, with nothing going wrong, and asserts what has to be true then. */
  async end(): Promise<void> {
    const project = this.#project
    // A mishap after the last command is still to come.
    project.emulator.faults.clear()
    for (const stack of stacks) project.unlock(stack)
    await this.#endOrphans()
    await this.#declareSecrets()
    for (const step of this.#lastRuns('up')) {
      const code = await this.#operate(step)
      assert.deepEqual(code, [0], 'the last run')
    }
    this.#assertDeclared()
    const writes = this.#writes().length
    for (const step of this.#lastRuns('preview')) {
      const code = await this.#operate(step)
      assert.deepEqual(code, [0], 'the next preview')
      const said = this.log.at(-1) ?? ''
      assert.match(said, /unchanged/)
      assert.doesNotMatch(
        said,
        /to (?:create|update|delete|replace)|[1-9]\d* (?:added|changed|removed)/,
      )
    }
    assert.equal(this.#writes().length, writes, 'a preview writes nothing')
    this.#assertOnlyDeclared()
    assert.deepEqual(canariesIn(project.output.join('\n'), project.secrets), [])
    assert.deepEqual([...canariesBelow(project.folder, project.secrets)], [])
  }

  #declare(declared: Declaration | undefined): void {
    if (!declared) return
    this.#declared = declared
    this.#ever.push(declared)
  }

  #lastRuns(command: 'up' | 'preview'): RunStep[] {
    if (this.#history.last === 'fleet up') return [{ do: `fleet ${command}`, stack: 'um' }]
    return stacks.flatMap((stack): RunStep[] => {
      const isEmpty = !this.#declared.some((client) => client.isDeclared && client.stack === stack)
      // A manifest without a client is refused.
      if (isEmpty) return command === 'up' ? [{ do: 'destroy', stack }] : []
      return [{ do: command, stack }]
    })
  }

  /** @returns the exit codes. */
  async #operate(step: RunStep): Promise<(number | null)[]> {
    const { stack, kill } = step
    const project = this.#project
    this.#writeManifests()
    const upOf = (name: StackName) =>
      project.start(name, 'up', '--yes', '--skip-preview', ...this.#targets(step))
    const fleet = /^fleet (\w+)$/.exec(step.do)?.[1]
    project.machine = this.#history.isElsewhere === true ? String((this.#number += 1)) : 'one'
    if (fleet !== undefined) return [await this.#run(project.startFleet(fleet), kill)]
    switch (step.do) {
      case 'preview':
        return [await this.#run(project.start(stack, 'preview'), kill)]
      case 'up --refresh':
        return [
          await this.#run(project.start(stack, 'up', '--yes', '--refresh', '--skip-preview'), kill),
        ]
      case 'refresh':
        return [await this.#run(project.start(stack, 'refresh', '--yes', '--skip-preview'), kill)]
      case 'destroy':
        return [
          await this.#run(
            project.start(stack, 'destroy', '--yes', '--skip-preview', ...this.#targets(step)),
            kill,
          ),
        ]
      case 'two ups': {
        const runs = [upOf('um'), upOf('dois')]
        return Promise.all(runs.map((command) => this.#run(command)))
      }
      default:
        return [await this.#run(upOf(stack), kill)]
    }
  }

  #targets({ stack, target }: RunStep): string[] {
    const client = target === undefined ? undefined : this.#declared[target]
    if (!client?.isDeclared || client.stack !== stack) return []
    const type =
      this.#history.through === 'plugin'
        ? 'psc:index:Client'
        : 'pulumi-nodejs:dynamic/psc:PscClient'
    return ['--target', `urn:pulumi:${stack}::psc::${type}::${client.key}`]
  }

  async #run(command: Command, kill?: Kill): Promise<number | null> {
    if (kill) {
      this.#project.onWrite(kill.write, () => {
        strike(command, kill.whom)
      })
    }
    const { code, output } = await command.ended
    this.#project.onWrite(0, () => undefined)
    this.log.push(`exit code ${code}\n${output}`)
    return code
  }

  #writeManifests(): void {
    const project = this.#project
    const options = { baseUrls: project.emulator.baseUrls, isReversed: this.#isReversed }
    project.write('clients.yaml', manifestOf(this.#declared, options))
    for (const stack of stacks) project.declare(stack, this.#declared, options)
  }

  /** A secret that was set at the PSC is taken back by a rotation, not by declaring the one before alone. */
  async #declareSecrets(): Promise<void> {
    for (const [index, client] of this.#declared.entries()) {
      if (await this.#project.accepts(index, client.secret)) continue
      this.#declare(this.#declared.with(index, { ...client, rotates: true }))
    }
  }

  #assertDeclared(): void {
    for (const [index, client] of this.#declared.entries()) {
      if (!client.isDeclared) continue
      assertDocument(
        this.#project.emulator.registered(pscs[index] ?? 'neoid', idOf(index)),
        index,
        client,
      )
    }
  }

  /** Whatever was written had been declared. */
  #assertOnlyDeclared(): void {
    for (const { clientId, body } of this.#writes()) {
      const index = Number(clientId?.at(-1))
      const { comments } = body as { comments: string }
      const versions = this.#ever.flatMap((declared) => {
        const client = declared[index]
        return client?.isDeclared ? [documentOf(index, client).comments] : []
      })
      assert.ok(versions.includes(comments), `${String(clientId)} was written as ${comments}`)
    }
  }

  #writes() {
    return this.#project.emulator.requests.list({ operation: 'clientMaintenance' })
  }

  /** Waits for what killed engines have left behind: it has to end by itself. */
  async #endOrphans(): Promise<void> {
    for (let look = 0; look < mostLooks; look += 1) {
      if (this.#project.processes().length === 0) return
      await pause(500)
    }
    assert.deepEqual(this.#project.processes(), [], 'processes that work for nobody')
  }
}

/** A provider looks every two seconds whether its engine is there. */
const mostLooks = 60

const fileOf = (stack: StackName): string => `${stack}.exported.json`

function assertDocument(
  registered: ReturnType<HistoryProject['emulator']['registered']>,
  index: number,
  client: Client,
): void {
  const { redirectUris, ...document } = documentOf(index, client)
  const { name, comments, email, redirectUris: uris = [] } = registered ?? {}
  assert.deepEqual({ name, comments, email }, document, `${client.key} at the PSC`)
  assert.equal(uris[0], redirectUris[0])
  assert.deepEqual(uris.toSorted(), redirectUris.toSorted())
}
