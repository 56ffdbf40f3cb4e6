import type { ManifestClient, ManifestCredential } from '../../provider/manifest/build.ts'
import { type Counts, type Operation, type Told } from './tally.ts'

/** What every stack of a run has in common. */
export interface FleetSettings {
  readonly operation: Operation
  /** The folder of Pulumi.yaml. */
  readonly project: string
  /** The folder of its program, absolute. */
  readonly program: string
  /** What the names of the shards begin with; also what the fleet's stacks are tagged with. */
  readonly prefix: string
  /** A configuration file that all stacks share, absolute. */
  readonly configFile?: string
  /** Whether the state is written after every entry of a new stack too. */
  readonly checkpoints: boolean
}

/** A stack that the backend has. */
export interface KnownStack {
  readonly name: string
  readonly isEmpty: boolean
  /** Whether a fleet of this prefix has worked on it; it says so by its tag. */
  readonly isOurs: boolean
}

/** What a worker is asked. */
export type Request =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'run'
      readonly stack: string
      readonly known?: KnownStack
      readonly entries: Entries
    }
  | { readonly kind: 'stop' }

/** What a worker tells. */
export type Reply =
  | { readonly kind: 'listed'; readonly stacks: readonly KnownStack[] }
  | { readonly kind: 'counted'; readonly counts: Counts }
  | { readonly kind: 'done'; readonly result: StackResult }
  /** Nothing can be done with the engine or its backend at all. */
  | { readonly kind: 'broken'; readonly message: string }

export interface StackResult extends Told {
  /** `locked`: another run is at it, here or elsewhere. */
  readonly outcome: 'done' | 'failed' | 'locked' | 'stopped'
}

/** What a stack of a fleet declares. */
export interface Entries {
  readonly clients: readonly ManifestClient[]
  readonly credentials: readonly ManifestCredential[]
}

/** A stack of a fleet. */
export interface Part extends Entries {
  readonly stack: string
}
