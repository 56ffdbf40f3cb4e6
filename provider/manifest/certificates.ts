import { dirname, resolve } from 'node:path'
import { FileError, readText } from '../read-file.ts'
import type { ReadFile } from '../read-file.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { CertificateError, readCertificate } from '../rules/certificate.ts'
import type { Problem, PropertyPath } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import { nearest } from '../rules/nearest.ts'
import { enumerate, isRecord } from '../rules/text.ts'
import { unknownValue } from '../rules/unknown.ts'

/** What a client is judged with, and where problems of its certificate are to be corrected. */
export interface FoundCertificate {
  /** Unknown where the manifest says nothing usable; the problem is then reported already. */
  readonly names: unknown
  /** The definition: ['certificates', 'portal'] or ['clients', 'portal', 'certificate']. */
  readonly path: PropertyPath
  /** The key below it that the names come from. */
  readonly source?: 'file' | 'pem' | 'hosts'
}

/** The certificates of a manifest; each definition and each file is read once. */
export class Certificates {
  readonly #folder: string
  readonly #readFile: ReadFile | undefined
  readonly #report: (problem: Problem) => void
  /** The keys of `certificates`. */
  readonly #keys: readonly string[]
  /** By their paths, as JSON. */
  readonly #found = new Map<string, FoundCertificate>()
  readonly #files = new Map<string, CertificateNames | Error>()

  constructor(
    definitions: unknown,
    manifest: string,
    readFile: ReadFile | undefined,
    report: (problem: Problem) => void,
  ) {
    this.#folder = dirname(manifest)
    this.#readFile = readFile
    this.#report = report
    const entries = isRecord(definitions) ? Object.entries(definitions) : []
    this.#keys = entries.map(([key]) => key)
    for (const [key, definition] of entries) this.#readOnce(definition, ['certificates', key])
  }

  /** The certificate of a client: a key of `certificates`, or the definition itself. */
  find(certificate: unknown, path: PropertyPath): FoundCertificate {
    if (typeof certificate !== 'string') return this.#readOnce(certificate, path)
    const found = this.#found.get(JSON.stringify(['certificates', certificate]))
    if (found === undefined) this.#report(refuse(path, this.#unknown(certificate)))
    return found ?? { names: unknownValue, path }
  }

  /** Those of `certificates`, whether a client uses them or not. */
  get defined(): readonly FoundCertificate[] {
    return this.#keys.flatMap((key) => this.#found.get(JSON.stringify(['certificates', key])) ?? [])
  }

  #unknown(key: string): string {
    if (this.#keys.length === 0) {
      return 'This is no key of certificates, of which there are none. Define it there, or in place.'
    }
    const meant = nearest(key, this.#keys)
    const hint =
      meant === undefined ? `They are ${enumerate(this.#keys)}.` : `Did you mean ${meant}?`
    return `This is no key of certificates. ${hint}`
  }

  #readOnce(definition: unknown, path: PropertyPath): FoundCertificate {
    const key = JSON.stringify(path)
    const found = this.#found.get(key) ?? this.#read(definition, path)
    this.#found.set(key, found)
    return found
  }

  #read(definition: unknown, path: PropertyPath): FoundCertificate {
    const nothing = { names: unknownValue, path }
    if (!isRecord(definition)) return nothing
    const kinds = (['file', 'pem', 'hosts'] as const).filter((kind) =>
      Object.hasOwn(definition, kind),
    )
    const [source] = kinds
    if (source === undefined || kinds.length > 1) {
      this.#report(refuse(path, 'This must have exactly one of file, pem and hosts.'))
      return nothing
    }
    const value = definition[source]
    if (source === 'hosts') return { names: { hosts: value }, path, source }
    if (typeof value !== 'string') return nothing
    const names = source === 'file' ? this.#readFileOnce(value) : tryRead(() => value)
    if (!(names instanceof Error)) return { names, path, source }
    this.#report(refuse([...path, source], names.message))
    return nothing
  }

  #readFileOnce(file: string): CertificateNames | Error {
    const path = resolve(this.#folder, file)
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const names = tryRead(() => {
      if (file.trim() === '') {
        throw new FileError('This is empty. Give the path of a PEM file.', 'empty')
      }
      // What is not text is for the rules to explain: a certificate in binary form.
      return readText(path, this.#readFile)
    })
    this.#files.set(path, names)
    return names
  }
}

function tryRead(read: () => string): CertificateNames | Error {
  try {
    return readCertificate(read())
  } catch (error) {
    if (error instanceof CertificateError || error instanceof FileError) return error
    throw error
  }
}
