// `npm test`: every folder of test/ with tests is a layer. `npm test -- stack package` runs the named ones, `--slow` the slow
// ones, which `npm test` skips.
import { globSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative, sep } from 'node:path'
import { type EventData, run } from 'node:test'
import { dot } from 'node:test/reporters'

/** The layers that take minutes or need more than Node.js and the engine. `npm test` skips them. */
const slow = [
  'backends',
  'browser',
  'canary',
  'crash',
  'examples',
  'fleet',
  'histories',
  'keycloak',
  'package',
  'upgrade',
]

/** Runs of the engine take most of the time. They begin first, so that no processor is idle at the end. */
const longest = [
  'histories',
  'crash',
  'backends',
  'canary',
  'stack',
  'cli/fleet',
  'fleet',
  'upgrade',
  'examples',
]

/** Limits one test, in milliseconds, so that a hanging test does not hang the run. A slow one may first fetch a server. */
const [limit, slowLimit] = [300_000, 900_000]

interface Result {
  passed: number
  failed: number
  /** Of all files together: several run at once. */
  seconds: number
}

const layers = readdirSync('test').filter((name) => testsOf(name).length > 0)
const isSlow = (name: string): boolean => slow.includes(name)
const asked = process.argv
  .slice(2)
  .flatMap((arg) => (arg === '--slow' ? layers.filter(isSlow) : arg))
const unknown = asked.filter((name) => !layers.includes(name))
if (unknown.length > 0) {
  const names = `Use one of: ${layers.join(', ')}.`
  console.error(`There is no test/${unknown.join(', test/')}. ${names} [ERR_PSC_USAGE]`)
  process.exit(2)
}
const chosen = asked.length > 0 ? asked : layers.filter((name) => !isSlow(name))
const results = new Map(chosen.map((name) => [name, { passed: 0, failed: 0, seconds: 0 }]))
const total = await runFiles(chosen.flatMap(testsOf).sort((a, b) => rank(a) - rank(b)))
summarize(total)

function testsOf(layer: string): string[] {
  return globSync(`test/${layer}/**/*.test.ts`)
}

function rank(file: string): number {
  const path = file.split(sep).join('/')
  const index = longest.findIndex((folder) => path.startsWith(`test/${folder}/`))
  return index < 0 ? longest.length : index
}

/** Runs the files of all layers together. Shows a dot for each test, and each failure in full. */
async function runFiles(files: string[]): Promise<Result> {
  const all = { passed: 0, failed: 0, seconds: 0 }
  const timeout = chosen.some(isSlow) ? slowLimit : limit
  // One more than there are processors, because some files wait for most of their time.
  const events = run({ files, concurrency: availableParallelism() + 1, timeout })
  const resultOf = (file: string) => results.get(relative('test', file).split(sep)[0] ?? '')
  // A file that does not run to its end has no summary.
  events.on('test:fail', ({ name }: EventData.TestFail) => {
    const result = files.includes(name) ? resultOf(name) : undefined
    if (result) result.failed += 1
  })
  events.on('test:summary', ({ file, counts, duration_ms }: EventData.TestSummary) => {
    const result = file === undefined ? all : resultOf(file)
    if (!result) return
    result.passed += counts.passed
    // A skipped or cancelled test counts as failed.
    result.failed += counts.tests - counts.passed
    result.seconds += duration_ms / 1000
  })
  for await (const text of events.compose(dot)) process.stdout.write(text)
  return all
}

function summarize({ passed, failed, seconds }: Result): void {
  console.log('\n')
  for (const [layer, result] of results) {
    const outcome =
      result.failed === 0
        ? `${result.passed} passed`
        : `${result.passed} passed, ${result.failed} failed`
    console.log(`  test/${layer.padEnd(12)} ${outcome.padEnd(24)} ${result.seconds.toFixed(1)} s`)
  }
  const left = layers.filter((name) => isSlow(name) && !chosen.includes(name))
  if (asked.length === 0 && left.length > 0) {
    console.log(`  skipped, because slow: ${left.join(', ')} (npm test -- <name>)`)
  }
  console.log(`\nIn ${seconds.toFixed(0)} s, several files at once.`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
