import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Emulator, type FaultInput, startEmulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

/** How a stack is recorded, and what its state has to show to this version. */
export interface Recording {
  /** What the recorded `up` meets at the PSC. */
  readonly faults?: readonly FaultInput[]
  /** Whether the recorded `up` fails. */
  readonly upFails?: true
  /** The emulator's configuration while recording; default: `emulator.yaml`, the PSC as the recording leaves it. */
  readonly emulator?: string
  /** Secrets of the stack's configuration. */
  readonly secretConfig?: Readonly<Record<string, string>>
  /** `psc fleet` previews, refreshes and applies this stack, instead of `pulumi`. */
  readonly isFleet?: true
  /** Why the state shows more than a state does by default. */
  readonly because?: string
  /** What the first preview shows, or why it fails; default: nothing. */
  readonly preview?: Outcome | RegExp
  /** How many tokens the first preview obtains; default: 0. It sends nothing else. */
  readonly tokens?: number
  /** What the refresh shows; default: nothing. It writes nothing to a PSC. */
  readonly refresh?: Outcome
  /** The one change of the program or the manifest; default: the comments of a client. */
  readonly change?: readonly [from: string, to: string]
  /** What the change comes to; default: one update. */
  readonly up?: Outcome
  /** How many writes the change sends to the PSC; default: 1. */
  readonly writes?: number
}

/** How many resources are or would be `updated`, `created` and so on; those that are unchanged are left out. */
export type Outcome = Readonly<Record<string, number>>

/** By the folder in `stacks/`. A folder that is recorded is never changed: another case is another folder. */
export const recordings: Readonly<Record<string, Recording>> = {
  program: { secretConfig: { protocoloSecret: 'not-a-secret-config' } },
  manifest: {},
  fleet: { isFleet: true },
  rotation: {
    emulator: 'emulator-before.yaml',
    because: 'The state holds no secret, so each preview obtains a token to see which is in force.',
    tokens: 1,
  },
  registration: {
    faults: [
      {
        kind: 'rewrite',
        operation: 'application',
        set: { client_id: 'registered-portal', client_secret: 'not-a-secret-registered' },
      },
    ],
  },
  'lost-registration': {
    faults: [{ kind: 'drop', operation: 'application' }],
    upFails: true,
    because: 'Only another attempt sends a request again that may have registered the application.',
    preview: /attempt: 2/,
    // The engine drops the message of the failed run.
    refresh: { updated: 1 },
    change: ['attempt: 1', 'attempt: 2'],
    // The attempt and its registration.
    up: { updated: 2 },
  },
  'not-settled': {
    faults: [
      {
        clientId: 'wrong-echo',
        kind: 'rewrite',
        operation: 'clientMaintenance',
        set: { redirect_uris: [] },
      },
      {
        clientId: 'lost-answer',
        // The PSC carries the write out, and asks for more patience than the provider has.
        kind: 'answer',
        operation: 'clientMaintenance',
        when: 'after',
        status: 503,
        retryAfter: 3600,
      },
    ],
    upFails: true,
    because: 'The PSC may hold something else than declared, so the next up writes both clients.',
    preview: { updated: 2 },
    tokens: 2,
    // The engine drops the messages of the failed run.
    refresh: { updated: 2 },
    // One is changed, and the other is still not settled.
    up: { updated: 2 },
    writes: 2,
  },
}

/** The folder of the recorded states: `states/{version}/{recording}.json`. */
export const states = join(import.meta.dirname, 'states')

/**
 * Stands for the emulator's address in recorded states and in the files of `stacks/`: its port is another one each time.
 * The secrets in the states are encrypted with the passphrase of scripts/pulumi.ts.
 */
const placeholder = 'http://127.0.0.1:PORT'

/** A stack of a recording and its PSC. */
export interface Opened extends AsyncDisposable {
  readonly emulator: Emulator
  readonly stack: Stack
  /** The program or the manifest and what it reads: path → text. */
  readonly files: Readonly<Record<string, string>>
  /** Replaces the placeholder by the emulator's address. */
  fill(text: string): string
  /** Replaces the emulator's address by the placeholder. */
  scrub(text: string): string
}

/** Opens a recording on an empty stack. */
export async function open(name: string, config = 'emulator.yaml'): Promise<Opened> {
  const folder = join(import.meta.dirname, 'stacks', name)
  const emulator = await startEmulator({ config: join(folder, config) })
  const fill = (text: string) => text.replaceAll(placeholder, emulator.url)
  const paths = readdirSync(folder).filter((path) => !path.startsWith('emulator'))
  const files = Object.fromEntries(
    paths.map((path) => [path, fill(readFileSync(join(folder, path), 'utf8'))]),
  )
  const { secretConfig = {}, isFleet } = recordings[name] ?? {}
  const stack = await Stack.create({
    files,
    config: { 'psc:baseUrls': emulator.baseUrls },
    env: {
      PORTAL_SECRET: 'not-a-secret-portal',
      PORTAL_PREVIOUS_SECRET: 'not-a-secret-previous',
    },
    // A fleet has no program of its own.
    ...(isFleet && { main: '.' }),
  })
  for (const [key, secret] of Object.entries(secretConfig)) {
    await stack.succeed('config', 'set', '--secret', key, secret)
  }
  return {
    emulator,
    stack,
    files,
    fill,
    scrub: (text) => text.replaceAll(emulator.url, placeholder),
    async [Symbol.asyncDispose]() {
      stack.remove()
      await emulator.close()
    },
  }
}
