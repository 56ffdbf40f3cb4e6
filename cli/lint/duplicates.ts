import { resolve } from 'node:path'
import type { CheckedManifest } from '../../provider/manifest/index.ts'
import { resolveProfile } from '../../provider/psc/index.ts'
import { createDuplicateValidator } from '../../provider/rules/duplicates.ts'
import { say } from '../../provider/say.ts'

/** Adds what several manifests declare twice, a client or a name at one PSC, to the problems of the later one. */
export function addDuplicates(
  checked: readonly CheckedManifest[],
  baseUrls: Readonly<Record<string, string>> = {},
): CheckedManifest[] {
  // Each manifest alone has been checked for them.
  if (checked.length < 2) return [...checked]
  const validate = createDuplicateValidator()
  const seen = new Set<string>()
  return checked.map((each) => {
    const { file, manifest, pointTo, placeOf, problems } = each
    // A file that is named twice declares nothing twice.
    if (!manifest || !pointTo || !placeOf || seen.has(resolve(file))) return each
    seen.add(resolve(file))
    const found = manifest.clients.flatMap(({ key, args }) => {
      const path = ['clients', key]
      const { line, column } = placeOf([...path, 'clientId'])
      const { clientId, name } = args
      const psc = resolveProfile(args.psc, baseUrls).baseUrl
      const label = say`"${key}" at ${`${file}:${line}:${column}`}`
      return validate({ psc, clientId, name, label })
        .filter(({ severity }) => severity === 'error')
        .map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
    })
    return found.length === 0 ? each : { ...each, problems: [...problems, ...pointTo(found)] }
  })
}
