// Prepares every job: builds the package and installs the engine.
import { build } from './build.ts'
import { ensureEngine } from './engine/index.ts'

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => process.exit(130))
}

try {
  build()
  await ensureEngine()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(`${message} [ERR_PSC_SCRIPT]`)
  process.exitCode = 1
}
