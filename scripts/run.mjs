// The start of `npm start` and `npm test`, on Node.js 20 or newer: installs what is missing, sets up the engine, and
// runs scripts/<job>.ts with the project's own Node.js, which runs TypeScript.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forwardSignals } from './forward.mjs'
import { install } from './install.mjs'
import { withLock } from './lock.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// The compile cache of Node.js, which the TypeScript compiler turns on, stays in this folder too.
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules', '.cache', 'node')

// npm signals the shell between it and this process. The shell ends without passing the signal on.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  const watch = () => process.ppid === parent || process.kill(process.pid, 'SIGTERM')
  setInterval(watch, 500).unref()
}

/** Runs a script to its end and returns its exit code as a shell does. */
function run(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' })
  // The job cleans up when it is stopped. This process passes the signal on and waits.
  const release = forwardSignals(child)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      release()
      done(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

const jobs = {
  setup: 'scripts/setup.ts',
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  bench: 'bench/run.ts',
  soak: 'test/histories/soak.ts',
}
const [job, ...args] = process.argv.slice(2)
if (!Object.hasOwn(jobs, job)) {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(jobs).join('|')} [ERR_PSC_USAGE]`)
  process.exit(2)
}
try {
  const { node, code } = await withLock('.psc/setup.lock', async () => {
    const node = install()
    return { node, code: await run(node, [jobs.setup]) }
  })
  if (code || job === 'setup') process.exitCode = code
  else {
    const work = () => run(node, [jobs[job], ...args])
    // All runs of the demonstration use one folder.
    process.exitCode = await (job === 'start' ? withLock('.psc/start.lock', work) : work())
  }
} catch (error) {
  console.error(`${error.message} [ERR_PSC_SCRIPT]`)
  process.exitCode = 1
}
