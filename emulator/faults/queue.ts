import { z } from 'zod'
import { FaultScriptError } from '../errors.ts'
import { checkValue } from '../problems.ts'
import type { Endpoint } from '../services/endpoint.ts'
import { type FaultInput, faultSchema, type FaultScript } from './schema.ts'

/** A scripted fault with strikes left. */
export type PendingFault = FaultScript & {
  readonly id: number
  /** The number of requests that it has struck so far. */
  readonly struck: number
}

interface Entry {
  readonly id: number
  readonly script: FaultScript
  struck: number
  passed: number
}

/** The scripted faults. The first one that is aimed at a request strikes it. */
export class FaultQueue {
  #entries: Entry[] = []
  #last = 0

  /** @throws FaultScriptError */
  add(...inputs: FaultInput[]): PendingFault[] {
    return this.addAll(inputs)
  }

  /** @internal Adds unchecked input: all of it or none. */
  addAll(inputs: readonly unknown[]): PendingFault[] {
    const checked = checkValue(z.array(faultSchema), inputs, 'faults')
    if ('problems' in checked) throw new FaultScriptError(checked.problems)
    const added = checked.data.map((script) => {
      return { id: ++this.#last, script, struck: 0, passed: 0 }
    })
    this.#entries.push(...added)
    return added.map(describe)
  }

  /** Returns the faults with strikes left, oldest first. */
  list(): PendingFault[] {
    return this.#entries.map(describe)
  }

  /** Drops every fault that has not occurred yet. */
  clear(): void {
    this.#entries = []
  }

  /** Returns whether there was such a fault. */
  remove(id: number): boolean {
    const before = this.#entries.length
    this.#entries = this.#entries.filter((entry) => entry.id !== id)
    return this.#entries.length < before
  }

  /** @internal Returns the fault that strikes this request, and counts the strike. */
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
