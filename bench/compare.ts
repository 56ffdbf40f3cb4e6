import { startBenchEmulator } from './emulator.ts'
import { runFleet } from './fleet.ts'
import { ansibleVersion, runAnsible, runCurlLoop } from './curl-ansible.ts'
import { clientsOf } from './workload.ts'

/** Holds the seconds of the same work with the recommended settings, and as teams do it today. */
export interface ComparedRound {
  /** `pulumi-psc fleet preview`, which obtains a token for each client. */
  readonly preview: number
  /** `pulumi-psc fleet up`. */
  readonly fleet: number
  readonly curl: number
  /** Undefined if Ansible cannot be installed. */
  readonly ansible: number | undefined
}

export interface CompareOptions {
  readonly clients: number
  readonly delayMs: number
  readonly rounds: number
  readonly say: (line: string) => void
}

/** Measures Ansible with these numbers of clients and scales by the difference, so that its start does not count. */
const [few, more] = [5, 20]

/** Measures the first `up` of the clients with the recommended settings, with `curl` and with Ansible. */
export async function compare({
  clients,
  delayMs,
  rounds,
  say,
}: CompareOptions): Promise<ComparedRound[]> {
  const all = clientsOf(clients)
  await using emulator = await startBenchEmulator(all, delayMs)
  const { baseUrl } = emulator
  const measure = {
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
    const seconds: Partial<Record<keyof typeof measure, number>> = {}
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      seconds[name] = await measure[name]()
      say(`${clients} clients, ${name}: ${seconds[name].toFixed(1)} s`)
    }
    const { preview = NaN, fleet = NaN, curl = NaN, ansible } = seconds
    results.push({ preview, fleet, curl, ansible })
  }
  return results
}
