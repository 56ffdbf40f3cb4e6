import { createRequire, enableCompileCache } from 'node:module'
import { basename, dirname, join } from 'node:path'

/**
 * Stores Node.js's compiled code in node_modules/.cache, so that the next run of a command starts faster. Does nothing if
 * that folder is not writable.
 */
export function keepCompiled(): void {
  const folder = dirname(createRequire(import.meta.url).resolve('pulumi-psc/package.json'))
  const above = dirname(folder)
  const modules = basename(above) === 'node_modules' ? above : join(folder, 'node_modules')
  enableCompileCache(join(modules, '.cache', 'pulumi-psc'))
}
