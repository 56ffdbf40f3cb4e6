import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { killTree } from '../processes.ts'
import type { FleetSettings, KnownStack, Part, Reply, Request, StackResult } from './protocol.ts'
import { type Counts, nothingTold } from './tally.ts'

/** A process that runs one stack at a time. */
export class WorkerProcess {
  readonly #process: ChildProcess
  #said = ''
  #isKilled = false

  constructor(settings: FleetSettings) {
    const file = new URL(`./worker${extname(import.meta.url)}`, import.meta.url)
    this.#process = fork(fileURLToPath(file), [JSON.stringify(settings)], {
      // Where the provider runs: a secret's file is looked for in both.
      cwd: settings.program,
      // Of its own group: Ctrl-C reaches the engine once, through `stop`, and not a second time from the terminal,
      // which the engine would take for "at once".
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2000)
    })
  }

  async list(): Promise<readonly KnownStack[]> {
    const reply = await this.#ask({ kind: 'list' })
    if (reply.kind === 'listed') return reply.stacks
    throw new Error(reply.kind === 'broken' ? reply.message : 'the backend was not listed')
  }

  /** @returns what became of the stack, also if this process did not survive it. */
  async run(
    { stack, clients, credentials }: Part,
    known: KnownStack | undefined,
    onCount: (counts: Counts) => void,
  ): Promise<StackResult> {
    const entries = { clients, credentials }
    const reply = await this.#ask(
      { kind: 'run', stack, entries, ...(known && { known }) },
      (counted) => {
        onCount(counted.counts)
      },
    )
    if (reply.kind === 'done') return reply.result
    if (this.#isKilled) {
      const message = `it was ended at once, so its stack stays locked: pulumi cancel --yes --stack ${stack}`
      return { ...nothingTold, outcome: 'stopped', problems: [{ kind: 'failed', message }] }
    }
    const message = reply.kind === 'broken' ? reply.message : 'no answer'
    return { ...nothingTold, outcome: 'failed', problems: [{ kind: 'failed', message }] }
  }

  /** Lets the engine finish what it is at, and nothing more. */
  stop(): void {
    if (this.#process.connected) this.#process.send({ kind: 'stop' } satisfies Request)
  }

  /** Ends the engine at once; what it was at is not in the state. */
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

  async #ask(
    request: Request,
    onCounted?: (reply: Extract<Reply, { kind: 'counted' }>) => void,
  ): Promise<Exclude<Reply, { kind: 'counted' }>> {
    const { promise, resolve } = Promise.withResolvers<Exclude<Reply, { kind: 'counted' }>>()
    const hear = (reply: Reply) => {
      if (reply.kind === 'counted') onCounted?.(reply)
      else resolve(reply)
    }
    const mourn = () => {
      const words = this.#said.trim().split('\n').slice(-3).join('\n')
      resolve({ kind: 'broken', message: `the process that ran it has ended. ${words}`.trim() })
    }
    this.#process.on('message', hear).on('exit', mourn).on('error', mourn)
    try {
      if (this.#process.connected) this.#process.send(request)
      else mourn()
      return await promise
    } finally {
      this.#process.off('message', hear).off('exit', mourn).off('error', mourn)
    }
  }

  get isAlive(): boolean {
    return this.#process.connected
  }
}
