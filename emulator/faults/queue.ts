import { z } from 'zod'
import { formatPath } from '../config/error.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { type FaultInput, faultSchema, type FaultScript } from './schema.ts'

/** A scripted fault that has not struck as often as it shall. */
export type PendingFault = FaultScript & {
  readonly id: number
  /** How many requests it has struck so far. */
  readonly struck: number
}

/** A fault that cannot be scripted; `problems` has one line for each mistake. */
export class FaultScriptError extends Error {
  readonly code = 'ERR_PSC_EMULATOR_FAULT'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'FaultScriptError'
    this.problems = problems
  }
}

interface Entry {
  readonly id: number
  readonly script: FaultScript
  struck: number
  passed: number
}

/** What goes wrong next. A request is struck by the first fault that is aimed at it. */
export class FaultQueue {
  #entries: Entry[] = []
  #last = 0

  /** @throws FaultScriptError */
  add(...inputs: FaultInput[]): PendingFault[] {
    return this.addAll(inputs)
  }

  /** @internal As `add`, for what came from outside: all of them or none. */
  addAll(inputs: readonly unknown[]): PendingFault[] {
    const parsed = z.array(faultSchema).safeParse(inputs)
    if (!parsed.success) {
      throw new FaultScriptError(
        parsed.error.issues.map((issue) => `${formatPath(issue.path, 'faults')}: ${issue.message}`),
      )
    }
    const added = parsed.data.map((script) => {
      return { id: ++this.#last, script, struck: 0, passed: 0 }
    })
    this.#entries.push(...added)
    return added.map(describe)
  }

  /** The faults that are still to strike, in the order in which they were added. */
  list(): PendingFault[] {
    return this.#entries.map(describe)
  }

  clear(): void {
    this.#entries = []
  }

  /** Tells whether there was such a fault. */
  remove(id: number): boolean {
    const before = this.#entries.length
    this.#entries = this.#entries.filter((entry) => entry.id !== id)
    return this.#entries.length < before
  }

  /** @internal The fault that strikes this request, which is then used up by one. */
  take(endpoint: Endpoint, clientId: string | undefined): PendingFault | undefined {
    const entry = this.#entries.find((candidate) => {
      if (!aimsAt(candidate.script, endpoint, clientId)) return false
      return candidate.passed >= candidate.script.skip || !++candidate.passed
    })
    if (!entry) return undefined
    entry.struck += 1
    if (entry.struck === entry.script.times) this.remove(entry.id)
    return describe(entry)
  }
}

function aimsAt(script: FaultScript, endpoint: Endpoint, clientId: string | undefined): boolean {
  return (
    (script.operation === '*' || script.operation === endpoint.operation) &&
    (script.psc === undefined || script.psc === endpoint.issuer) &&
    (script.clientId === undefined || script.clientId === clientId) &&
    (script.kind !== 'error' || endpoint.refusal(script.code) !== undefined)
  )
}

function describe({ id, script, struck }: Entry): PendingFault {
  return { ...script, id, struck }
}
