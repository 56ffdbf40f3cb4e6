import { type Emulator, EmulatorConfigError, startEmulator } from '../../emulator/index.ts'

export interface EmulateOptions {
  /** The path of the YAML file. */
  readonly config: string
  /** 0 takes a free port. Default: the configuration's, or 8080. */
  readonly port?: number | string
  /** Default: the configuration's, or 127.0.0.1. */
  readonly host?: string
  /** Ends the emulator. Default: Ctrl-C or SIGTERM. */
  readonly signal?: AbortSignal
  /** Takes one line at a time. Default: standard output and standard error. */
  readonly print?: (line: string) => void
  readonly complain?: (line: string) => void
}

/**
 * `psc emulate <config.yaml>`: runs the emulator until it is told to stop.
 *
 * Resolves with the exit code: 0 when stopped, 1 when the configuration is wrong or the port is taken, 2 for a wrong option.
 */
export async function runEmulate(options: EmulateOptions): Promise<number> {
  const print = options.print ?? ((line) => process.stdout.write(line + '\n'))
  const complain = options.complain ?? ((line) => process.stderr.write(line + '\n'))
  const port = options.port === undefined ? undefined : readPort(options.port)
  if (Number.isNaN(port)) {
    complain('psc emulate: --port takes a number from 0 to 65535')
    return 2
  }
  let emulator: Emulator
  try {
    emulator = await startEmulator({
      config: options.config,
      defaultPort: 8080,
      onRequest: print,
      ...(port !== undefined && { port }),
      ...(options.host !== undefined && { host: options.host }),
    })
  } catch (error) {
    for (const line of explain(error)) complain(`psc emulate: ${line}`)
    return 1
  }
  const baseUrls = { ...emulator.baseUrls, 'motor-rce': emulator.url }
  for (const [issuer, baseUrl] of Object.entries(baseUrls)) {
    print(`${issuer.padEnd(10)}${baseUrl}`)
  }
  print(`what was asked: ${emulator.url}/_emulator/requests · Ctrl-C stops`)
  await stopped(options.signal)
  await emulator.close()
  return 0
}

function readPort(value: number | string): number {
  const port = /^\d+$/.test(String(value)) ? Number(value) : NaN
  return port <= 65_535 ? port : NaN
}

function explain(error: unknown): readonly string[] {
  if (error instanceof EmulatorConfigError) return error.problems
  if (!(error instanceof Error)) return ['the emulator could not be started']
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return ['the port is in use; name another with --port, or let the system choose with --port 0']
  }
  return [`the emulator could not be started: ${error.message}`]
}

function stopped(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    if (signal) signal.addEventListener('abort', stop, { once: true })
    else {
      process.on('SIGINT', stop)
      process.on('SIGTERM', stop)
    }
    if (signal?.aborted) stop()
  })
}
