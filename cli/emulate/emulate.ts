import { parse } from 'yaml'
import { EmulatorConfigError, startEmulator } from '../../emulator/index.ts'
import { readText } from '../../provider/read-file.ts'
import { CommandError } from '../errors.ts'
import { print } from '../output.ts'
import { load } from '../stack.ts'
import { say } from '../../provider/say.ts'
import { environmentOf } from './environment.ts'
import { describeServed } from './report.ts'
import { serve } from './serve.ts'

export interface EmulateOptions {
  /** One configuration, or manifests. Default: `clients.yaml`, unless there are stacks. */
  readonly files?: readonly string[]
  /** The stacks whose manifests are played. */
  readonly stacks?: readonly string[]
  /** Of several the first; 0 takes free ones. Default: the configuration's, or 8080. */
  readonly port?: number
  /** Default: the configuration's, or 127.0.0.1. */
  readonly host?: string
  /** Stops the emulator. Default: Ctrl-C or SIGTERM. */
  readonly signal?: AbortSignal
  /** Prints one line. Default: on standard output. */
  readonly onLine?: (line: string) => void
}

/** Holds what runs, and what is told about it. */
interface Running {
  readonly lines: readonly string[]
  readonly close: () => Promise<void>
}

const defaultPort = 8080

/**
 * Serves PSCs until it is stopped.
 *
 * @throws {CommandError} for wrong usage, when the configuration is wrong, the port is in use, or a line cannot be written.
 * @throws {ManifestError} with every problem of a manifest.
 */
export async function emulate({
  files: given = [],
  stacks = [],
  signal = signalOfProcess(),
  onLine = (line) => {
    print(`${line}\n`)
  },
  ...options
}: EmulateOptions): Promise<void> {
  const files = given.length + stacks.length === 0 ? ['clients.yaml'] : given
  const failed = new AbortController()
  const show = (line: string) => {
    try {
      onLine(line)
    } catch (error) {
      failed.abort(error)
    }
  }
  const { lines, close } = await start(files, stacks, { ...options, onRequest: show })
  for (const line of lines) show(line)
  await aborted(AbortSignal.any([signal, failed.signal]))
  await close()
  failed.signal.throwIfAborted()
}

async function start(
  files: readonly string[],
  stacks: readonly string[],
  options: Options,
): Promise<Running> {
  const [file = '', ...others] = files
  const isManifests = files.length === 0 || files.some(isManifest)
  if (!isManifests && others.length + stacks.length === 0) return startConfiguration(file, options)
  const stranger = files.find((each) => !isManifest(each))
  if (stranger !== undefined) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`${stranger} is not a manifest. Give one configuration of the emulator alone, or manifests and stacks.`,
    )
  }
  return startManifests(files, stacks, options)
}

type Options = Pick<EmulateOptions, 'port' | 'host'> & { onRequest: (line: string) => void }

async function startConfiguration(config: string, options: Options): Promise<Running> {
  try {
    const { url, baseUrls, close } = await startEmulator({ config, defaultPort, ...options })
    const addresses = Object.entries({ ...baseUrls, 'motor-rce': url })
    const lines = addresses.map(([issuer, baseUrl]) => `${issuer.padEnd(10)}${baseUrl}`)
    return { lines: [...lines, describePages([url])], close }
  } catch (error) {
    if (error instanceof EmulatorConfigError) {
      throw new CommandError(error.code, error.detail, { cause: error })
    }
    throw explain(error)
  }
}

async function startManifests(
  files: readonly string[],
  stacks: readonly string[],
  { port = defaultPort, ...options }: Options,
): Promise<Running> {
  const environments = [
    ...files.map((file) => environmentOf(load(file))),
    ...stacks.map((stack) => environmentOf(load(undefined, stack), stack)),
  ]
  try {
    const { served, close } = await serve(environments, { port, ...options })
    const urls = served.flatMap(({ systems }) => systems.map(({ url }) => url))
    return { lines: [...served.flatMap(describeServed), describePages(urls)], close }
  } catch (error) {
    throw explain(error)
  }
}

function describePages(urls: readonly string[]): string {
  return say`clients and requests: ${urls.map((url) => `${url}/`).join(' ')} · Ctrl-C stops`
}

/** Tells whether a file is a manifest, by its keys. A file that cannot be read is left to its reader. */
function isManifest(file: string): boolean {
  try {
    const { clients, credentials } = Object(parse(readText(file))) as Entries
    return [clients, credentials].some((section) => section !== undefined)
  } catch {
    return false
  }
}

type Entries = Readonly<Partial<Record<'clients' | 'credentials', unknown>>>

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  const detail =
    code === 'EADDRINUSE'
      ? say`the port is in use. Give another one with --port, or take a free one with --port 0.`
      : say`the emulator cannot start: ${message}. Correct --host or --port.`
  return new CommandError('ERR_PSC_EMULATOR', detail, { cause: error })
}

function signalOfProcess(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort()
    })
  }
  return stop.signal
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve()
      },
      { once: true },
    )
  })
}
