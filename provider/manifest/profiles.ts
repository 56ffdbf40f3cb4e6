import { isPscName, ProfileError, pscNames, resolveProfile } from '../psc/profiles/profile.ts'
import type { PscProfile, PscReference } from '../psc/profiles/profile.ts'
import { nearest } from '../rules/nearest.ts'
import { refuse } from '../rules/problem.ts'
import type { Problem, PropertyPath } from '../rules/problem.ts'
import { enumerate, isRecord } from '../rules/text.ts'

/** A PSC as it is named in a manifest. */
export interface FoundPsc {
  readonly reference: PscReference
  readonly profile?: PscProfile
  /** Why there is no profile: told where the name is used, unless it was told where it is defined. */
  readonly fault?: string
}

/** The PSCs of a manifest: the known ones, and those of its `pscs`. */
export class Profiles {
  readonly #found = new Map<string, FoundPsc>()
  readonly #report: (problem: Problem) => void
  readonly #baseUrls: Readonly<Record<string, string>>

  /** @param baseUrls what wins over the addresses of `pscs`, where that is known. */
  constructor(
    pscs: unknown,
    report: (problem: Problem) => void,
    baseUrls: Readonly<Record<string, string>> = {},
  ) {
    this.#report = report
    this.#baseUrls = baseUrls
    for (const name of pscNames) this.#found.set(name, resolve(name))
    if (!isRecord(pscs)) return
    for (const [name, values] of Object.entries(pscs)) this.#define(name, values)
  }

  /** The PSC of an entry; a name that is none is reported at the path. */
  find(name: unknown, path: PropertyPath): FoundPsc | undefined {
    if (typeof name !== 'string') return undefined
    const fault = this.faultOf(name)
    if (fault !== undefined) this.#report(refuse(path, fault))
    return this.#found.get(name)
  }

  /** Why a name cannot be used for a PSC; undefined for one that can, or whose definition is reported. */
  faultOf(name: string): string | undefined {
    const found = this.#found.get(name)
    return found === undefined ? this.#unknown(name) : found.fault
  }

  /** Whether a name is that of a PSC. */
  has(name: string): boolean {
    return this.#found.has(name)
  }

  /** How a program refers to the PSC of a name that was found right. */
  referenceOf(name: string): PscReference {
    return this.#found.get(name)?.reference ?? { name }
  }

  #unknown(name: string): string {
    const names = [...this.#found.keys()]
    const meant = nearest(name, names)
    const hint = meant === undefined ? `Known are ${enumerate(names)}.` : `Did you mean ${meant}?`
    return `This is no PSC that is known. ${hint}`
  }

  #define(name: string, values: unknown): void {
    if (!isRecord(values)) return
    const own = isPscName(name) && values.extends === undefined ? { extends: name } : { name }
    const reference = { ...own, ...values }
    // What is good by itself is the same with any configuration.
    const alone = resolve(reference)
    const found = alone.error === undefined ? alone : resolve(reference, this.#baseUrls)
    if (found.error !== undefined) {
      this.#report(refuse(at(['pscs', name], found.error), sentence(found.error.message)))
    }
    const documented = this.#found.get(name)?.profile
    const same = JSON.stringify(found.profile) === JSON.stringify(documented)
    if (documented !== undefined && same) return
    const { profile } = found
    this.#found.set(name, { reference, ...(profile && { profile }) })
  }
}

function resolve(
  reference: PscReference,
  baseUrls: Readonly<Record<string, string>> = {},
): FoundPsc & { readonly error?: ProfileError } {
  try {
    return { reference, profile: resolveProfile(reference, baseUrls) }
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    return { reference, fault: sentence(error.message), error }
  }
}

function at(path: PropertyPath, { property }: ProfileError): PropertyPath {
  return property === undefined || property === 'name' ? path : [...path, property]
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}
