import type { Code } from '../../provider/codes.ts'
import type { ManifestClient, ManifestCredential } from '../../provider/manifest/index.ts'
import type { Language } from '../language.ts'
import type { Operation } from './options.ts'
import type { Counts, StackOutcomes } from './outcomes.ts'

/** Holds the settings of all stacks of a run. */
export interface FleetSettings {
  readonly operation: Operation
  /** The folder of Pulumi.yaml. */
  readonly project: string
  /** The folder of its program, absolute. */
  readonly program: string
  /** The beginning of the shards' names, and the tag of the fleet's stacks. */
  readonly prefix: string
  /** A configuration file that all stacks share, absolute. */
  readonly configFile?: string
  /** That of the command. */
  readonly language: Language
  /** Whether the engine saves the state of a new stack after every entry too. */
  readonly checkpoints: boolean
}

/** Describes a stack in the backend. */
export interface KnownStack {
  readonly name: string
  readonly isEmpty: boolean
  /** Whether it has one resource, which is the stack itself once all others have left it. */
  readonly isEmptied: boolean
  /** Whether its tag names a fleet of this prefix. */
  readonly isOurs: boolean
}

/** Lists the messages from the command to a worker. */
export type Request =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'run'
      readonly stack: string
      readonly known?: KnownStack
      readonly entries: Entries
    }
  /** Answers a worker's `leaving`. */
  | { readonly kind: 'declared'; readonly clients: readonly ManifestClient[] }
  | { readonly kind: 'stop' }

/** Lists the messages from a worker to the command. */
export type Reply =
  | { readonly kind: 'listed'; readonly stacks: readonly KnownStack[] }
  | { readonly kind: 'counted'; readonly counts: Counts }
  /** Names clients that leave the stack, and asks which of them the manifest declares in another one. */
  | { readonly kind: 'leaving'; readonly clients: readonly string[] }
  | { readonly kind: 'done'; readonly result: StackResult }
  /** The engine or its backend cannot be used at all. */
  | { readonly kind: 'broken'; readonly code: Code; readonly detail: string }

export interface StackResult extends StackOutcomes {
  /** `locked`: in use by another run, here or elsewhere. */
  readonly outcome: 'done' | 'failed' | 'locked' | 'stopped'
}

/** Holds the entries of a stack. */
export interface Entries {
  readonly clients: readonly ManifestClient[]
  readonly credentials: readonly ManifestCredential[]
}

/** Describes a stack of the fleet. */
export interface Part extends Entries {
  readonly stack: string
}
