import { realpathSync } from 'node:fs'
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
    const { file, identities, pointTo, placeOf, problems } = each
    if (!identities || !pointTo || !placeOf) return each
    // Two links to a file declare nothing twice.
    const path = realPath(file)
    if (seen.has(path)) return each
    seen.add(path)
    const found = identities().flatMap(({ key, psc: reference, clientId, name }) => {
      const at = ['clients', key]
      const { line, column } = placeOf([...at, 'clientId'])
      const psc = resolveProfile(reference, baseUrls).baseUrl
      const label = say`"${key}" at ${`${file}:${line}:${column}`}`
      return validate({ psc, clientId, name, label })
        .filter(({ severity }) => severity === 'error')
        .map((problem) => ({ ...problem, path: [...at, ...problem.path] }))
    })
    return found.length === 0 ? each : { ...each, problems: [...problems, ...pointTo(found)] }
  })
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
