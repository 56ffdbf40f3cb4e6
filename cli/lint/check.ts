import { resolve } from 'node:path'
import { checkManifest } from '../../provider/manifest/index.ts'
import { addDuplicates } from './duplicates.ts'
import type { CheckedFile } from './report.ts'

/** Checks manifests (default: `clients.yaml`), alone and together; with a stack, also the file of its settings. */
export async function checkFiles(
  files: readonly string[],
  {
    stack: name,
    allowPath: allowedPaths,
  }: { readonly stack?: string | undefined; readonly allowPath: readonly string[] },
): Promise<CheckedFile[]> {
  if (name === undefined) {
    const all = files.length === 0 ? ['clients.yaml'] : withoutRepetitions(files)
    return addDuplicates(all.map((file) => checkManifest(file, { allowedPaths })))
  }
  const { openStack } = await import('./stack.ts')
  const stack = openStack(name, files, allowedPaths)
  if ('problems' in stack) return [stack]
  const checked = addDuplicates(
    withoutRepetitions(stack.files).map((file) =>
      checkManifest(file, { allowedPaths, ...stack.options }),
    ),
    stack.options.baseUrls,
  )
  return [...checked, stack.checkKeys(checked)]
}

/** Drops a file that is named again, also in another way such as `./a.yaml`. */
function withoutRepetitions(files: readonly string[]): string[] {
  const seen = new Set<string>()
  return files.filter((file) => seen.size < seen.add(resolve(file)).size)
}
