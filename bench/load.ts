import { spawnSync } from 'node:child_process'
import { providerCode } from '../provider/engine/dynamic-resource.ts'
import { median } from './median.ts'

const sdk = "require('@pulumi/pulumi');"

const programs = {
  node: '',
  /** The provider: the host loads the stored line and checks the first resource. */
  provider: `${providerCode};const p=exports.handler();p.configure({config:{get:()=>undefined}});void p.check({a:1},{psc:'neoid'})`,
  /** The plugin, until it prints its port. */
  plugin: "console.log=()=>process.exit();void import('pulumi-psc/plugin')",
  sdk,
  package: `${sdk}require('pulumi-psc')`,
  manifest: `${sdk}require('pulumi-psc/manifest')`,
} as const

/** Measures the milliseconds that loading adds to an empty Node.js, or to a program that loads only Pulumi's SDK. */
export interface LoadTimes {
  readonly provider: number
  readonly plugin: number
  readonly package: number
  readonly manifest: number
}

/** Runs the processes in turn and returns the median of each. */
export function measureLoadTimes(rounds: number): LoadTimes {
  const times: Record<keyof typeof programs, number>[] = []
  for (let round = 0; round < rounds; round++) {
    const milliseconds = { node: 0, provider: 0, plugin: 0, sdk: 0, package: 0, manifest: 0 }
    for (const [name, program] of Object.entries(programs)) {
      const began = performance.now()
      const { status, stderr } = spawnSync(process.execPath, ['--eval', program], {
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`${name}: ${stderr}`)
      milliseconds[name as keyof typeof programs] = performance.now() - began
    }
    times.push(milliseconds)
  }
  type Name = keyof typeof programs
  const adds = (one: Name, other: Name) => median(times.map((round) => round[one] - round[other]))
  return {
    provider: adds('provider', 'node'),
    plugin: adds('plugin', 'node'),
    package: adds('package', 'sdk'),
    manifest: adds('manifest', 'sdk'),
  }
}
