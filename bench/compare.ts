import { startBenchEmulator } from './emulator.ts'
import { runFleet } from './fleet.ts'
import { ansibleVersion, runAnsible, runCurlLoop } from './loops.ts'
import { clientsOf } from './workload.ts'

/** The same work in one go with the recommended settings, and as people do it today, in seconds. */
export interface ComparedRound {
  /** `psc fleet preview`, which proves each client by a token. */
  readonly preview: number
  /** `psc fleet up`. */
  readonly fleet: number
  readonly curl: number
  /** Undefined where it could not be had. */
  readonly ansible: number | undefined
}

export interface CompareOptions {
  readonly clients: number
  readonly delayMs: number
  readonly rounds: number
  readonly say: (line: string) => void
}

/** Ansible is measured on these many clients and scaled by the difference, so that its start is not counted. */
const [few, more] = [5, 20]

/** The first apply of so many clients: this project as it recommends, and as people do it today. */
export async function compare({
  clients,
  delayMs,
  rounds,
  say,
}: CompareOptions): Promise<ComparedRound[]> {
  const all = clientsOf(clients)
  await using emulator = await startBenchEmulator(all, delayMs)
  const { baseUrl } = emulator
  const subjects = {
    preview: async () => (await runFleet('preview', all, baseUrl)).seconds,
    fleet: async () => (await runFleet('up', all, baseUrl)).seconds,
    curl: () => runCurlLoop(all, baseUrl),
    ansible: async () => {
      const base = await runAnsible(all.slice(0, few), baseUrl)
      return (((await runAnsible(all.slice(0, more), baseUrl)) - base) / (more - few)) * clients
    },
  }
  const version = await ansibleVersion()
  say(version ?? 'Ansible cannot be installed here and is left out')
  const others = version === undefined ? (['curl'] as const) : (['curl', 'ansible'] as const)
  const names = ['preview', 'fleet', ...others] as const
  const results: ComparedRound[] = []
  for (let round = 0; round < rounds; round++) {
    const seconds: Partial<Record<keyof typeof subjects, number>> = {}
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      seconds[name] = await subjects[name]()
      say(`${clients} clients, ${name}: ${seconds[name].toFixed(1)} s`)
    }
    const { preview = NaN, fleet = NaN, curl = NaN, ansible } = seconds
    results.push({ preview, fleet, curl, ansible })
  }
  return results
}
