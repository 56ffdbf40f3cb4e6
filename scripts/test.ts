// `npm test`: every folder of test/ is a layer. `npm test -- stack package` runs the named ones, `--slow` the slow ones,
// which `npm test` skips.
import { globSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { run } from 'node:test'
import { dot } from 'node:test/reporters'
import type { EventData } from 'node:test'

/** The layers that take minutes or need more than Node.js and the engine. `npm test` skips them. */
const slow = ['backends', 'browser', 'canary', 'crash', 'keycloak', 'package']

/** Limits one test, in milliseconds, so that a hanging test does not hang the run. A slow one may first fetch a server. */
const limit = (layer: string): number => (isSlow(layer) ? 900_000 : 300_000)

const layers = readdirSync('test').filter((name) => testsOf(name).length > 0)
const isSlow = (name: string): boolean => slow.includes(name)
const asked = process.argv
  .slice(2)
  .flatMap((arg) => (arg === '--slow' ? layers.filter(isSlow) : arg))
const unknown = asked.filter((name) => !layers.includes(name))
if (unknown.length > 0) {
  console.error(`There is no test/${unknown.join(', test/')}. There are: ${layers.join(', ')}.`)
  process.exit(2)
}
const chosen = asked.length > 0 ? asked : layers.filter((name) => !isSlow(name))

const results = new Map<string, { passed: number; failed: number; seconds: number }>()
for (const layer of chosen) {
  console.log(`\ntest/${layer}`)
  results.set(layer, await runLayer(testsOf(layer), limit(layer)))
}
summarize()

function testsOf(layer: string): string[] {
  return globSync(`test/${layer}/**/*.test.ts`)
}

/** Shows a dot for each test, and each failure in full. */
async function runLayer(
  files: string[],
  timeout: number,
): Promise<{ passed: number; failed: number; seconds: number }> {
  const began = Date.now()
  let counts: EventData.TestSummary['counts'] | undefined
  const events = run({ files, concurrency: availableParallelism(), timeout })
  events.on('test:summary', (summary) => {
    if (summary.file === undefined) counts = summary.counts
  })
  for await (const text of events.compose(dot)) process.stdout.write(text)
  // A skipped or cancelled test counts as failed.
  const passed = counts?.passed ?? 0
  const failed = (counts?.tests ?? 1) - passed
  return { passed, failed, seconds: (Date.now() - began) / 1000 }
}

function summarize(): void {
  const total = { passed: 0, failed: 0 }
  console.log()
  for (const [layer, { passed, failed, seconds }] of results) {
    const outcome = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`
    console.log(`  test/${layer.padEnd(12)} ${outcome.padEnd(24)} ${seconds.toFixed(1)} s`)
    total.passed += passed
    total.failed += failed
  }
  const left = layers.filter((name) => isSlow(name) && !chosen.includes(name))
  if (asked.length === 0 && left.length > 0) {
    console.log(`  left out, because slow: ${left.join(', ')} (npm test -- <name>)`)
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
}
