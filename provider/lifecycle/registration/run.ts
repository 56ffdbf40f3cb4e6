import { randomUUID } from 'node:crypto'

/**
 * Names the run of the engine that this process belongs to: a preview and an apply have a process each.
 *
 * An attempt to register is written to the state with it before the request is sent. Whoever finds the name of another
 * run there, and no outcome, finds a run that was cut short.
 */
export const thisRun: string = randomUUID()
