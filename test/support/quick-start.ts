import { fileURLToPath } from 'node:url'

const preload = fileURLToPath(new URL('compile-cache.cjs', import.meta.url))

/** Loads a CommonJS module into each Node.js that this environment starts, beside the compile cache. */
export function preloaded(...modules: string[]): Readonly<Record<string, string>> {
  const options = [preload, ...modules].map((path) => `--require=${JSON.stringify(path)}`)
  return { NODE_OPTIONS: [process.env.NODE_OPTIONS, ...options].filter(Boolean).join(' ') }
}

/** Makes the processes of an engine start in two thirds of the processor time. */
export const quickStart: Readonly<Record<string, string>> = {
  ...preloaded(),
  // The preload chooses a folder of its own.
  NODE_COMPILE_CACHE: '',
  // A command of `pulumi` is too short for Go to collect garbage.
  GOGC: '400',
}
