import { median } from './median.ts'
import { startBenchEmulator } from './emulator.ts'
import { runFleetOnce } from './fleet-once.ts'
import { runAnsible, runCurlLoop } from './loops.ts'
import type { Comparison } from './table.ts'
import { clientsOf } from './workload.ts'

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
}: CompareOptions): Promise<Comparison> {
  const all = clientsOf(clients)
  await using emulator = await startBenchEmulator(all, delayMs)
  const { baseUrl } = emulator
  const seconds = { fleet: [] as number[], curl: [] as number[], ansible: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    seconds.fleet.push(await runFleetOnce(all, baseUrl))
    seconds.curl.push(await runCurlLoop(all, baseUrl))
    const base = await runAnsible(all.slice(0, few), baseUrl)
    const slope = ((await runAnsible(all.slice(0, more), baseUrl)) - base) / (more - few)
    seconds.ansible.push(slope * clients)
    const [fleet, curl, ansible] = Object.values(seconds).map((list) => list.at(-1)?.toFixed(1))
    say(`${clients} clients: fleet ${fleet} s, curl ${curl} s, Ansible (scaled) ${ansible} s`)
  }
  return {
    clients,
    fleet: median(seconds.fleet),
    curl: median(seconds.curl),
    ansible: median(seconds.ansible),
  }
}
