import { createRequire, enableCompileCache } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** Finds the folder of Node.js's compiled code: node_modules/.cache/pulumi-psc. */
function cacheFolder(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('pulumi-psc/package.json'))
  const above = dirname(folder)
  const modules = basename(above) === 'node_modules' ? above : join(folder, 'node_modules')
  return join(modules, '.cache', 'pulumi-psc')
}

/**
 * Stores Node.js's compiled code, so that the next run of a command starts faster. Does nothing if the folder is not
 * writable.
 */
export function storeCompiledCode(): void {
  enableCompileCache(cacheFolder())
}

/**
 * Adds the same folder to an environment, for a process and for those that it starts: the programs and the providers of a
 * fleet load faster. The user's own NODE_COMPILE_CACHE wins.
 */
export function withCompileCache(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: cacheFolder(), ...environment }
}
