import type { Command } from 'commander'
import type { Emulator } from '../../emulator/index.ts'
import { readText } from '../../provider/read-file.ts'
import { CommandError } from '../errors.ts'
import { wholeNumber } from '../flags.ts'
import { print } from '../output.ts'

/** `pulumi-psc emulate <config.yaml>`: serves PSCs until it is stopped. */
export function addEmulate(program: Command): void {
  program
    .command('emulate')
    .summary('serve PSCs on this machine')
    .description('Serves the application services of PSCs on this machine, until Ctrl-C.')
    .argument('<config>', 'the YAML file with clients, secrets and certificate names')
    .option(
      '--port <port>',
      "the port; 0 takes a free one (default: the file's, or 8080)",
      wholeNumber(0, 65_535),
    )
    .option('--host <host>', "the address to listen on (default: the file's, or 127.0.0.1)")
    .action(async (config: string, options: { port?: number; host?: string }) => {
      await emulate({ config, ...options })
    })
}

export interface EmulateOptions {
  /** The path of the YAML file. */
  readonly config: string
  /** 0 takes a free port. Default: the configuration's, or 8080. */
  readonly port?: number
  /** Default: the configuration's, or 127.0.0.1. */
  readonly host?: string
  /** Stops the emulator. Default: Ctrl-C or SIGTERM. */
  readonly signal?: AbortSignal
  /** Prints one line. Default: on standard output. */
  readonly onLine?: (line: string) => void
}

/**
 * Serves the PSCs of a configuration until it is stopped.
 *
 * @throws {CommandError} when the configuration is wrong, the port is in use, or a line cannot be written.
 */
export async function emulate({
  config,
  port,
  host,
  signal = signalOfProcess(),
  onLine = (line) => {
    print(`${line}\n`)
  },
}: EmulateOptions): Promise<void> {
  const { EmulatorConfigError, startEmulator } = await import('../../emulator/index.ts')
  const failed = new AbortController()
  const show = (line: string) => {
    try {
      onLine(line)
    } catch (error) {
      failed.abort(error)
    }
  }
  let emulator: Emulator
  try {
    emulator = await startEmulator({
      config,
      defaultPort: 8080,
      onRequest: show,
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
    })
  } catch (error) {
    if (error instanceof EmulatorConfigError) {
      if (await isManifest(config)) throw new CommandError(error.code, explainManifest(config))
      throw new CommandError(error.code, error.detail, { cause: error })
    }
    throw new CommandError('ERR_PSC_EMULATOR', explain(error as NodeJS.ErrnoException), {
      cause: error,
    })
  }
  const baseUrls = { ...emulator.baseUrls, 'motor-rce': emulator.url }
  for (const [issuer, baseUrl] of Object.entries(baseUrls)) {
    show(`${issuer.padEnd(10)}${baseUrl}`)
  }
  show(`requests so far: ${emulator.url}/_emulator/requests · Ctrl-C stops`)
  await aborted(AbortSignal.any([signal, failed.signal]))
  await emulator.close()
  failed.signal.throwIfAborted()
}

/** Tells whether a file is a manifest of the provider: people give the one that they have. */
async function isManifest(file: string): Promise<boolean> {
  try {
    const { parse } = await import('yaml')
    const { clients, credentials } = Object(parse(readText(file))) as Entries
    return [clients, credentials].some((section) => typeof section === 'object')
  } catch {
    return false
  }
}

type Entries = Readonly<Partial<Record<'clients' | 'credentials', unknown>>>

function explainManifest(file: string): string {
  return `${file} is a manifest. The emulator needs a configuration of its own, with what each PSC knows: \`pscs: { neoid: { clients: [{ clientId: …, clientSecret: …, certificate: { hosts: [ … ] } }] } }\`. The folder emulator/ documents it.`
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  return code === 'EADDRINUSE'
    ? 'the port is in use. Give another one with --port, or take a free one with --port 0.'
    : `the emulator cannot start: ${message}. Correct --host or --port.`
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
