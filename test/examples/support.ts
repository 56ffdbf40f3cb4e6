import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

/** An example at work: its program on a stack of its own, and the PSCs of its emulator.yaml. */
export interface Example {
  readonly emulator: Emulator
  readonly stack: Stack
  readonly close: () => Promise<void>
}

/** Takes an example as it is in the repository. */
export async function openExample(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Example> {
  const folder = join('examples', name)
  const emulator = await startEmulator({ config: join(folder, 'emulator.yaml') })
  const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])
  const stack = await Stack.create({
    files: Object.fromEntries(files) as Record<string, string>,
    config: { 'psc:baseUrls': emulator.baseUrls },
    env,
  })
  return {
    emulator,
    stack,
    close: async () => {
      stack.remove()
      await emulator.close()
    },
  }
}
