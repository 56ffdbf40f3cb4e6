import type { FaultInput } from '../../../emulator/faults/schema.ts'
import type { Edit, StackName } from './declaration.ts'

/** What goes wrong at the PSC with the next write of a client. */
export const mishaps = {
  'dropped before': { kind: 'drop' },
  'dropped after the commit': { kind: 'drop', when: 'after', times: 9 },
  'too many requests': { kind: 'answer', status: 429, retryAfter: 3600 },
  'failure before': { kind: 'answer', status: 500, times: 9 },
  'answer lost': { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' },
  'not written and answer lost': { kind: 'answer', status: 503, retryAfter: 3600 },
  refused: { kind: 'error', code: 'CONTATO_EMAIL_INVALIDO' },
  'another echo': { kind: 'rewrite', set: { comments: 'outra' } },
  delayed: { kind: 'delay', delayMs: 300 },
} as const satisfies Readonly<Record<string, FaultInput>>
export type Mishap = keyof typeof mishaps

export const commands = [
  'preview',
  'up',
  'up --refresh',
  'refresh',
  'destroy',
  'fleet preview',
  'fleet up',
  'fleet refresh',
  'two ups',
] as const

/** Whom a kill meets, when the PSCs are about to answer the n-th write. */
export interface Kill {
  /** Of `psc fleet`, `command` is not the engine. */
  readonly whom: 'command' | 'engine' | 'provider' | 'all'
  readonly write: number
}

/** One step of a history. It is a plain value: a history is printed as JSON and run again from it. */
export type Step =
  | { readonly do: Edit; readonly client: number }
  /** Declares what was declared before the run before the last. */
  | { readonly do: 'take back' }
  | { readonly do: 'mishap'; readonly client: number; readonly what: Mishap }
  | { readonly do: 'lock' | 'cancel' | 'export' | 'import'; readonly stack: StackName }
  | RunStep

/** A step that runs a command. */
export interface RunStep {
  readonly do: (typeof commands)[number]
  readonly stack: StackName
  /** The client that an `up` is limited to. */
  readonly target?: number
  readonly kill?: Kill
}

/** What declares the clients: a program with dynamic resources and a manifest, or one in YAML for the plugin; no fleet runs that. */
export type Through = 'program' | 'plugin'

export interface History {
  readonly steps: readonly Step[]
  /** What runs last, when nothing goes wrong any more. */
  readonly last: 'up' | 'fleet up'
  /** Whether each command runs on a machine that has seen none before, as in many pipelines. */
  readonly isElsewhere?: boolean
  /** Default: `program`. */
  readonly through?: Through
}
