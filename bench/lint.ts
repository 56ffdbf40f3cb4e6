import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { median } from './median.ts'
import { toTable } from './table.ts'
import { type BenchClient, blockManifestOf, clientsOf, makeFolder } from './workload.ts'

/** What is wrong with a client: nothing, or its e-mail address and its redirect URIs (an uncovered host, a fragment). */
const kinds: Readonly<Record<string, (client: BenchClient) => BenchClient>> = {
  'all right': (client) => client,
  'all wrong': (client) => ({
    ...client,
    email: 'suporte',
    redirectUris: ['https://www.outra-aplicacao.com/callback', `${client.redirectUris[0] ?? ''}#a`],
  }),
}

/** Makes a process print its peak of memory in kB at its end. Loaded before the command. */
const printPeak =
  "process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS))"

/** Measures `pulumi-psc lint` of manifests in block style. Returns a Markdown table. */
export function measureLint(counts: readonly number[], rounds: number): string {
  const preload = `data:text/javascript,${encodeURIComponent(printPeak)}`
  const rows = counts.flatMap((count) =>
    Object.entries(kinds).map(([kind, make]) => {
      const cwd = makeFolder('lint')
      writeFileSync(join(cwd, 'clients.yaml'), blockManifestOf(clientsOf(count).map(make)))
      const runs = Array.from({ length: rounds }, () => {
        const began = performance.now()
        const args = ['--import', preload, resolve('dist/cli/main.js'), 'lint']
        const { status, stderr } = spawnSync(process.execPath, args, {
          cwd,
          encoding: 'utf8',
          maxBuffer: 2 ** 30,
        })
        // 1: the manifest has errors.
        if (status !== 0 && status !== 1) throw new Error(`pulumi-psc lint failed:\n${stderr}`)
        const peak = Number(stderr.trim().split('\n').at(-1)) / 1024
        return { seconds: (performance.now() - began) / 1000, peak }
      })
      const seconds = median(runs.map((run) => run.seconds)).toFixed(1)
      const peak = median(runs.map((run) => run.peak)).toFixed(0)
      return [`${count.toLocaleString('en-US')}, ${kind}`, `${seconds} s`, `${peak} MiB`]
    }),
  )
  return toTable(['clients', '`pulumi-psc lint`', 'memory'], rows)
}
