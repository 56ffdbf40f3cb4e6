// `npm test`: every folder of test/ with tests is a layer. `npm test -- stack package` runs the named ones, `--slow` the slow
// ones, which `npm test` skips. `--all` tests every pair of values in `versions`.
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
  'languages',
  'lives',
  'package',
  'pipelines',
  'upgrade',
  'versions',
]

/** What takes most of the time, mostly runs of the engine. It begins first, so that no processor is idle at the end. */
const longest = [
  'histories',
  'crash',
  'versions',
  'backends',
  'canary',
  'lives',
  'stack',
  'manifest/hostile',
  'languages',
  'cli/fleet',
  'fleet',
  'upgrade',
  'examples',
  'pipelines',
]

/** Limits one test, in milliseconds, so that a hanging test does not hang the run. A slow one may first fetch a server. */
const [limit, slowLimit] = [300_000, 900_000]

interface Result {
  /** Files that have not run to their end yet. */
  left: number
  passed: number
  failed: number
  /** Of all files together: several run at once. */
  seconds: number
}

const layers = readdirSync('test').filter((name) => testsOf(name).length > 0)
const isSlow = (name: string): boolean => slow.includes(name)
const args = process.argv.slice(2)
if (args.includes('--all')) process.env.PSC_TEST_ALL = 'true'
const asked = args
  .filter((arg) => arg !== '--all')
  .flatMap((arg) => (arg === '--slow' ? layers.filter(isSlow) : arg))
const unknown = asked.filter((name) => !layers.includes(name))
if (unknown.length > 0) {
  const names = `Use one of: ${layers.join(', ')}.`
  console.error(`There is no test/${unknown.join(', test/')}. ${names} [ERR_PSC_USAGE]`)
  process.exit(2)
}
const chosen = asked.length > 0 ? asked : layers.filter((name) => !isSlow(name))
const results = new Map(chosen.map((name) => [name, resultOf(testsOf(name))]))
const total = await runFiles(chosen.flatMap(testsOf).sort((a, b) => rank(a) - rank(b)))
summarize(total)

function resultOf(files: readonly string[]): Result {
  return { left: files.length, passed: 0, failed: 0, seconds: 0 }
}

function testsOf(layer: string): string[] {
  return globSync(`test/${layer}/**/*.test.ts`)
}

function rank(file: string): number {
  const path = file.split(sep).join('/')
  const index = longest.findIndex((folder) => path.startsWith(`test/${folder}`))
  return index < 0 ? longest.length : index
}

/** Runs the files of all layers together. Shows each layer at its end, and then each failure in full. */
async function runFiles(files: string[]): Promise<Result> {
  const all = resultOf(files)
  const timeout = chosen.some(isSlow) ? slowLimit : limit
  // One more than there are processors, because some files wait for most of their time.
  const concurrency = availableParallelism() + 1
  console.log(
    `${files.length} files run, ${concurrency} at a time. Each folder is shown at its end.\n`,
  )
  const events = run({ files, concurrency, timeout })
  const layerOf = (file: string) => relative('test', file).split(sep)[0] ?? ''
  // A file that does not run to its end has no summary.
  events.on('test:fail', ({ name }: EventData.TestFail) => {
    const result = files.includes(name) ? results.get(layerOf(name)) : undefined
    if (result) result.failed += 1
  })
  events.on('test:summary', ({ file, counts, duration_ms }: EventData.TestSummary) => {
    const layer = file === undefined ? '' : layerOf(file)
    const result = file === undefined ? all : results.get(layer)
    if (!result) return
    result.passed += counts.passed
    // A skipped or cancelled test counts as failed.
    result.failed += counts.tests - counts.passed
    result.seconds += duration_ms / 1000
    result.left -= 1
    if (file !== undefined && result.left === 0) show(layer, result)
  })
  for await (const text of events.compose(failures)) if (text !== 'X') process.stdout.write(text)
  return all
}

/** Reports the failures alone: what has passed is counted. */
function failures(events: Parameters<typeof dot>[0]): AsyncGenerator<string> {
  return dot(
    (async function* () {
      for await (const event of events) if (event.type === 'test:fail') yield event
    })(),
  )
}

function show(layer: string, { left, passed, failed, seconds }: Result): void {
  const counts = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`
  const outcome = left === 0 ? counts : `${counts}, files without an end: ${left}`
  console.log(`  test/${layer.padEnd(12)} ${outcome.padEnd(24)} ${seconds.toFixed(1)} s`)
}

function summarize({ passed, failed, seconds }: Result): void {
  console.log('')
  // A file that did not run to its end keeps its layer from being shown above.
  for (const [layer, result] of results) if (result.left > 0) show(layer, result)
  const left = layers.filter((name) => isSlow(name) && !chosen.includes(name))
  if (asked.length === 0 && left.length > 0) {
    console.log(
      `Not run, because slow: ${left.join(', ')} (npm test -- <name>, or --slow for all).`,
    )
  }
  console.log(`It took ${seconds.toFixed(0)} s. The seconds of a folder add up those of its files.`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
