import { dirname, resolve } from 'node:path'
import type { CertificateNames } from '../rules/certificate.ts'
import { CertificateError, readCertificate } from '../rules/certificate.ts'
import type { Problem, PropertyPath } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import { nearest } from '../rules/nearest.ts'
import { enumerate, isRecord } from '../rules/text.ts'
import { unknownValue } from '../rules/unknown.ts'
import { FileError, readWhole } from './read-file.ts'
import type { ReadFile } from './read-file.ts'

const longestCertificate = 2 ** 20

/** What a client is judged with, and where problems of its certificate are to be corrected. */
export interface FoundCertificate {
  /** Unknown where the manifest says nothing usable; the problem is then reported already. */
  readonly names: unknown
  /** The definition: ['certificates', 'portal'] or ['clients', 'portal', 'certificate']. */
  readonly path: PropertyPath
  /** The key below it that the names come from. */
  readonly source?: 'file' | 'pem' | 'hosts'
}

/** Finds the certificates of a manifest; each definition and each file is read once. */
export class Certificates {
  readonly #definitions: unknown
  readonly #folder: string
  readonly #readFile: ReadFile | undefined
  readonly #report: (problem: Problem) => void
  readonly #found = new Map<string, FoundCertificate>()
  readonly #files = new Map<string, CertificateNames | Error>()

  constructor(
    definitions: unknown,
    manifest: string,
    readFile: ReadFile | undefined,
    report: (problem: Problem) => void,
  ) {
    this.#definitions = definitions
    this.#folder = dirname(manifest)
    this.#readFile = readFile
    this.#report = report
    for (const key of isRecord(definitions) ? Object.keys(definitions) : []) this.#define(key)
  }

  /** The certificate of a client: a key of `certificates`, or the definition itself. */
  find(certificate: unknown, path: PropertyPath): FoundCertificate {
    if (typeof certificate !== 'string') return this.#read(certificate, path)
    const found = this.#found.get(certificate)
    if (found !== undefined) return found
    const keys = [...this.#found.keys()]
    const meant = nearest(certificate, keys)
    this.#report(
      refuse(
        path,
        keys.length === 0
          ? 'This is no key of certificates, of which the manifest has none. Define it there, or in place.'
          : `This is no key of certificates. ${meant === undefined ? `They are ${enumerate(keys)}.` : `Did you mean ${meant}?`}`,
      ),
    )
    return { names: unknownValue, path }
  }

  #define(key: string): void {
    const definitions = this.#definitions as Record<string, unknown>
    this.#found.set(key, this.#read(definitions[key], ['certificates', key]))
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
      if (file.trim() === '') throw new FileError('This is empty. Give the path of a PEM file.')
      // What is not text is for the rules to explain: a certificate in binary form.
      return new TextDecoder().decode(readWhole(path, longestCertificate, this.#readFile))
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
