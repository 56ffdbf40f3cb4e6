// What every job needs before it starts: the package built, the engine in its place.
import { build } from './build.ts'
import { ensureEngine } from './engine.ts'

try {
  build()
  await ensureEngine()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
