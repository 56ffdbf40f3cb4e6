import type { Emulator } from '../../emulator/index.ts'
import { CommandError } from '../errors.ts'
import { say } from '../../provider/say.ts'
import type { Environment, System } from './environment.ts'

/** Holds a running environment. */
export interface Served {
  readonly environment: Environment
  readonly systems: readonly ServedSystem[]
}

interface ServedSystem extends System {
  /** The address of the emulator, whose `/` is a page. */
  readonly url: string
  readonly baseUrl: string
}

export interface ServeOptions {
  /** The port of the first system; the others take those that follow. 0 takes free ones. */
  readonly port: number
  readonly host?: string
  /** Receives a line for each request. */
  readonly onRequest: (line: string) => void
}

/**
 * Starts an emulator for each PSC of each environment.
 *
 * @throws {CommandError} when the emulator refuses what a manifest declares.
 * @throws the system's error for a port that is in use. Then nothing runs any more.
 */
export async function serve(
  environments: readonly Environment[],
  { port, host, onRequest }: ServeOptions,
): Promise<{ readonly served: readonly Served[]; readonly close: () => Promise<void> }> {
  const { EmulatorConfigError, startEmulator } = await import('../../emulator/index.ts')
  const running: Emulator[] = []
  const pages: { readonly title: string; readonly url: string }[] = []
  const close = async () => {
    await Promise.all(running.map((emulator) => emulator.close()))
  }
  const start = async (environment: Environment, system: System): Promise<ServedSystem> => {
    const title = `${environment.name}, ${system.name}`
    const prefix = environments.length > 1 ? `${environment.name}: ` : ''
    const emulator = await startEmulator({
      config: system.config,
      port: port === 0 ? 0 : port + running.length,
      ...(host !== undefined && { host }),
      about: { title, others: () => pages.filter((page) => page.title !== title) },
      onRequest: (line) => {
        onRequest(prefix + line)
      },
    })
    running.push(emulator)
    const { url, baseUrls } = emulator
    pages.push({ title, url: `${url}/` })
    return { ...system, url, baseUrl: system.plays === 'motor-rce' ? url : baseUrls[system.plays] }
  }
  const served: Served[] = []
  try {
    for (const environment of environments) {
      const systems: ServedSystem[] = []
      for (const system of environment.systems) systems.push(await start(environment, system))
      served.push({ environment, systems })
    }
  } catch (error) {
    await close()
    if (!(error instanceof EmulatorConfigError)) throw error
    throw new CommandError(
      error.code,
      `${say`the emulator refuses what the manifest declares. Correct the manifest.`}\n${error.detail}`,
      { cause: error },
    )
  }
  return { served, close }
}
