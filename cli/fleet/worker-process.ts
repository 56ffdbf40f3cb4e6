import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ManifestClient } from '../../provider/manifest/index.ts'
import { withCompileCache } from '../compile-cache.ts'
import { CommandError } from '../errors.ts'
import { killTree } from '../processes.ts'
import { say } from '../../provider/say.ts'
import type { FleetSettings, KnownStack, Part, Reply, Request, StackResult } from './protocol.ts'
import { type Counts, noOutcomes, stackProblem } from './outcomes.ts'

/** A message during a run. */
type Note = Extract<Reply, { kind: 'counted' | 'leaving' }>

/** Runs one stack at a time in a process. */
export class WorkerProcess {
  readonly #process: ChildProcess
  #stderr = ''
  #isKilled = false

  constructor(settings: FleetSettings) {
    const file = new URL(`./worker${extname(import.meta.url)}`, import.meta.url)
    this.#process = fork(fileURLToPath(file), [JSON.stringify(settings)], {
      // The provider's folder: the program and the provider look for a secret's file there.
      cwd: settings.program,
      env: withCompileCache(process.env),
      // A process group of its own: Ctrl-C must reach the engine once, through `stop`. A second one from the terminal
      // would kill the engine.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2000)
    })
  }

  async list(): Promise<readonly KnownStack[]> {
    const reply = await this.#ask({ kind: 'list' })
    if (reply.kind === 'listed') return reply.stacks
    if (reply.kind === 'broken') throw new CommandError(reply.code, reply.detail)
    throw new Error(`unexpected reply: ${reply.kind}`)
  }

  /**
   * Runs a stack. Resolves to its result, even if the process ends before.
   *
   * @param declared finds clients of the manifest by their keys.
   */
  async run(
    { stack, clients, credentials }: Part,
    known: KnownStack | undefined,
    declared: (keys: readonly string[]) => readonly ManifestClient[],
    onCount: (counts: Counts) => void,
  ): Promise<StackResult> {
    const entries = { clients, credentials }
    const reply = await this.#ask(
      { kind: 'run', stack, entries, ...(known && { known }) },
      (note) => {
        if (note.kind === 'counted') onCount(note.counts)
        else this.#send({ kind: 'declared', clients: declared(note.clients) })
      },
    )
    if (reply.kind === 'done') return reply.result
    if (this.#isKilled) {
      const detail = say`the run was killed, so the stack stays locked. Unlock it with \`pulumi cancel --yes --stack ${stack}\`.`
      const problem = stackProblem('ERR_PSC_FLEET_STOPPED', detail)
      return { ...noOutcomes, outcome: 'stopped', problems: [problem] }
    }
    if (reply.kind !== 'broken') throw new Error(`unexpected reply: ${reply.kind}`)
    const problem = stackProblem(reply.code, reply.detail)
    return { ...noOutcomes, outcome: 'failed', problems: [problem] }
  }

  /** Lets the engine finish its running operations, and start no others. */
  stop(): void {
    this.#send({ kind: 'stop' })
  }

  /** Kills the engine. Its state lacks the running operations. */
  kill(): void {
    this.#isKilled = true
    if (this.#process.pid !== undefined) killTree(this.#process.pid)
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    if (this.#process.connected) this.#process.disconnect()
    await ended
  }

  #send(request: Request): void {
    if (this.#process.connected) this.#process.send(request)
  }

  async #ask(request: Request, onNote?: (note: Note) => void): Promise<Exclude<Reply, Note>> {
    const { promise, resolve } = Promise.withResolvers<Exclude<Reply, Note>>()
    const onReply = (reply: Reply) => {
      if (reply.kind === 'counted' || reply.kind === 'leaving') onNote?.(reply)
      else resolve(reply)
    }
    const onExit = () => {
      const words = this.#stderr.trim().split('\n').slice(-3).join('\n')
      const detail = say`the process that ran the stack has ended. Run again. ${words}`.trim()
      resolve({ kind: 'broken', code: 'ERR_PSC_FLEET', detail })
    }
    this.#process.on('message', onReply).on('exit', onExit).on('error', onExit)
    try {
      if (this.#process.connected) this.#process.send(request)
      else onExit()
      return await promise
    } finally {
      this.#process.off('message', onReply).off('exit', onExit).off('error', onExit)
    }
  }

  get isAlive(): boolean {
    return this.#process.connected
  }
}
