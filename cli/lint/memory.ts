import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8's space of young values small during work: it would grow to a fifth of the memory of a large manifest, and save
 * no time.
 *
 * V8 stamps compiled code with its flags, and a process with others cannot use it. So load modules before. A library that
 * loads on the first use, such as that of an excerpt, is compiled again by the next command.
 */
export async function withSmallYoungSpace<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    return await work()
  } finally {
    // V8's default.
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}
