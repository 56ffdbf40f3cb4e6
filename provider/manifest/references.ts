import { dirname, resolve } from 'node:path'
import { CertificateError, FileError, ProfileError } from '../errors.ts'
import { isPscName, pscNames } from '../psc/profiles/known.ts'
import { describeUnknownPsc, type PscReference } from '../psc/profiles/profile-args.ts'
import { type PscProfile, resolveProfile } from '../psc/profiles/profile.ts'
import { type ReadFile, readText } from '../read-file.ts'
import { invisible, locateCharacter } from '../rules/characters.ts'
import { type CertificateNames, readCertificate } from '../rules/certificate.ts'
import { listKnown, suggest } from '../rules/nearest.ts'
import { type Problem, type PropertyPath, refuse, unknownValue, warn } from '../rules/problem.ts'
import { isRecord, quote } from '../rules/text.ts'
import { say } from '../say.ts'

/** Holds the certificate's names for the rules, and where the author corrects them. */
export interface FoundCertificate {
  /** Undefined if the client has none; `unknownValue` if it is not usable, which is then reported already. */
  readonly names: unknown
  /** The definition: ['certificates', 'portal'] or ['clients', 'portal', 'certificate']. */
  readonly path: PropertyPath
  /** The key below it that the names come from. */
  readonly source?: 'file' | 'pem' | 'hosts'
}

/** Reads the certificates of a manifest, each definition and each file once. */
export class Certificates {
  readonly #folder: string
  readonly #readFile: ReadFile | undefined
  readonly #report: (problem: Problem) => void
  /** The definitions of `certificates`, by their keys. */
  readonly #defined: ReadonlyMap<string, unknown>
  readonly #hint = createHint()
  /** By their paths, as JSON. */
  readonly #found = new Map<string, FoundCertificate>()
  readonly #files = new Map<string, CertificateNames | ReadError>()
  /** The definitions that clients use. An alias shares that of its anchor. */
  readonly #used = new Set<unknown>()
  #hasUnknown = false

  constructor(
    definitions: unknown,
    manifest: string,
    readFile: ReadFile | undefined,
    report: (problem: Problem) => void,
  ) {
    this.#folder = dirname(manifest)
    this.#readFile = readFile
    this.#report = report
    this.#defined = new Map(isRecord(definitions) ? Object.entries(definitions) : [])
    for (const [key, definition] of this.#defined) this.#readOnce(definition, ['certificates', key])
  }

  /** Finds the certificate of a client: a key of `certificates`, or the definition itself. */
  find(certificate: unknown, path: PropertyPath): FoundCertificate {
    const isKey = typeof certificate === 'string'
    this.#used.add(isKey ? this.#defined.get(certificate) : certificate)
    if (!isKey) return this.#readOnce(certificate, path)
    const found = this.#found.get(JSON.stringify(['certificates', certificate]))
    if (found === undefined) {
      this.#hasUnknown = true
      this.#report(refuse(path, this.#unknown(certificate), 'ERR_PSC_UNKNOWN_CERTIFICATE'))
    }
    return found ?? { names: unknownValue, path }
  }

  /** All certificates under `certificates`, used or not. */
  get defined(): readonly FoundCertificate[] {
    return [...this.#defined.keys()].flatMap(
      (key) => this.#found.get(JSON.stringify(['certificates', key])) ?? [],
    )
  }

  /** Warns of usable ones that no client uses. One may be meant where a client names an unknown one: then warns of none. */
  get unused(): readonly Problem[] {
    if (this.#hasUnknown) return []
    const message = say`no client uses the certificate. Name it in a client, or remove it.`
    return Array.from(this.#defined)
      .map(([key, definition]) => ({ definition, path: ['certificates', key] }))
      .filter(({ definition, path }) => !this.#used.has(definition) && this.#isUsable(path))
      .map(({ path }) => warn(path, message, 'WARN_PSC_CERTIFICATE_UNUSED'))
  }

  #isUsable(path: PropertyPath): boolean {
    return this.#found.get(JSON.stringify(path))?.names !== unknownValue
  }

  #unknown(key: string): string {
    if (this.#defined.size === 0) {
      return say`unknown certificate ${quote(key)}: \`certificates\` is empty. Define it there, or in place.`
    }
    return `${say`unknown certificate ${quote(key)}.`} ${this.#hint(key, [...this.#defined.keys()])}`
  }

  #readOnce(definition: unknown, path: PropertyPath): FoundCertificate {
    const key = JSON.stringify(path)
    const found = this.#found.get(key) ?? this.#read(definition, path)
    this.#found.set(key, found)
    return found
  }

  #read(definition: unknown, path: PropertyPath): FoundCertificate {
    if (definition == null) return { names: undefined, path }
    const nothing = { names: unknownValue, path }
    if (!isRecord(definition)) return nothing
    const kinds = (['file', 'pem', 'hosts'] as const).filter((kind) =>
      Object.hasOwn(definition, kind),
    )
    const [source] = kinds
    if (source === undefined || kinds.length > 1) {
      const message = say`a certificate has exactly one of file, pem and hosts. Keep one of them.`
      this.#report(refuse(path, message, 'ERR_PSC_CERTIFICATE_FORM'))
      return nothing
    }
    const value = definition[source]
    if (source === 'hosts') return { names: { hosts: value }, path, source }
    if (typeof value !== 'string') return nothing
    const names = source === 'file' ? this.#readFileOnce(value) : tryRead(() => value)
    if (!(names instanceof Error)) return { names, path, source }
    this.#report(refuse([...path, source], names.detail, names.code))
    return nothing
  }

  #readFileOnce(file: string): CertificateNames | ReadError {
    const path = resolve(this.#folder, file)
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const names = tryRead(() => {
      if (file.trim() === '') {
        throw new FileError(say`the path is empty. Give that of a PEM file.`)
      }
      const unseen = locateCharacter(file, invisible)
      if (unseen !== undefined) {
        throw new FileError(say`the path contains ${unseen}. Type it again.`)
      }
      // The rules explain a certificate in binary form.
      return readText(path, this.#readFile)
    })
    this.#files.set(path, names)
    return names
  }
}

type ReadError = CertificateError | FileError

function tryRead(read: () => string): CertificateNames | ReadError {
  try {
    return readCertificate(read())
  } catch (error) {
    if (error instanceof CertificateError || error instanceof FileError) return error
    throw error
  }
}

/** Holds a PSC that a manifest names. */
export interface FoundPsc {
  readonly reference: PscReference
  readonly profile?: PscProfile
  /** Why there is no profile: reported where the name is used, unless its definition was reported. */
  readonly fault?: string
}

/** Resolves the PSCs of a manifest: the known ones, and those of its `pscs`. */
export class Profiles {
  readonly #hint = createHint()
  readonly #found = new Map<string, FoundPsc>()
  readonly #report: (problem: Problem) => void
  readonly #baseUrls: Readonly<Record<string, string>>

  /** @param baseUrls replace the addresses of `pscs`. */
  constructor(
    pscs: unknown,
    report: (problem: Problem) => void,
    baseUrls: Readonly<Record<string, string>> = {},
  ) {
    this.#report = report
    this.#baseUrls = baseUrls
    for (const name of pscNames) this.#found.set(name, resolvePsc(name))
    if (!isRecord(pscs)) return
    for (const [name, values] of Object.entries(pscs)) this.#define(name, values)
  }

  /** Finds the PSC of an entry. Reports an unknown name at the path. */
  find(name: unknown, path: PropertyPath): FoundPsc | undefined {
    if (typeof name !== 'string') return undefined
    const fault = this.faultOf(name)
    if (fault !== undefined) this.#report(refuse(path, fault, 'ERR_PSC_PROFILE'))
    return this.#found.get(name)
  }

  /** Says why a name cannot be used for a PSC; undefined if it can, or if its definition is reported. */
  faultOf(name: string): string | undefined {
    const found = this.#found.get(name)
    return found === undefined ? this.#unknown(name) : found.fault
  }

  /** Tells whether a name is that of a PSC. */
  has(name: string): boolean {
    return this.#found.has(name)
  }

  /** Returns a program's reference to the PSC of a valid name. */
  referenceOf(name: string): PscReference {
    return this.#found.get(name)?.reference ?? { name }
  }

  #unknown(name: string): string {
    const names = [...this.#found.keys()]
    return describeUnknownPsc(name, this.#hint(name, names))
  }

  #define(name: string, values: unknown): void {
    if (!isRecord(values)) return
    const own = isPscName(name) && values.extends === undefined ? { extends: name } : { name }
    const reference = { ...own, ...values }
    // A valid definition does not depend on the configuration.
    const alone = resolvePsc(reference)
    const found = alone.error === undefined ? alone : resolvePsc(reference, this.#baseUrls)
    if (found.error !== undefined) {
      const { detail, code } = found.error
      this.#report(refuse(at(['pscs', name], found.error), detail, code))
    }
    const documented = this.#found.get(name)?.profile
    const same = JSON.stringify(found.profile) === JSON.stringify(documented)
    if (documented !== undefined && same) return
    const { profile } = found
    this.#found.set(name, { reference, ...(profile && { profile }) })
  }
}

function resolvePsc(
  reference: PscReference,
  baseUrls: Readonly<Record<string, string>> = {},
): FoundPsc & { readonly error?: ProfileError } {
  try {
    return { reference, profile: resolveProfile(reference, baseUrls) }
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    return { reference, fault: error.detail, error }
  }
}

function at(path: PropertyPath, { property }: ProfileError): PropertyPath {
  return property === undefined || property === 'name' ? path : [...path, property]
}

const mostHints = 20

/** Makes a function that suggests the nearest name, or lists known ones. After twenty mistakes it only lists. */
function createHint(): (name: string, known: readonly string[]) => string {
  let count = 0
  return (name, known) => {
    count += 1
    return count > mostHints ? listKnown(known) : suggest(name, known)
  }
}
