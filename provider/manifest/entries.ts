import type { FileError } from '../errors.ts'
import { faultOfIssuer } from '../psc/issuers.ts'
import { validateAtPsc } from '../psc/profiles/capabilities.ts'
import { validateCertificate } from '../rules/certificate-rules.ts'
import { validateCredential, type ValidateOptions } from '../rules/client.ts'
import { edges, invisible, locateCharacter } from '../rules/characters.ts'
import { validateProse } from '../rules/debris.ts'
import { createDuplicateValidator } from '../rules/duplicates.ts'
import { type Problem, type PropertyPath, refuse, warn } from '../rules/problem.ts'
import { isRecord, quote } from '../rules/text.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { say } from '../say.ts'
import type { Certificates, FoundCertificate, Profiles } from './references.ts'

/** Holds what the entries of a manifest refer to. */
export interface References {
  readonly certificates: Certificates
  readonly profiles: Profiles
  /** Says why the file of a secret must not be read; undefined if it may. The path is relative to the manifest. */
  readonly faultOfSecret: (path: string) => FileError | undefined
}

/** Validates every entry of a manifest, one by one, by the rules of a preview. Paths begin at the manifest. */
export function* validateEntries(
  manifest: Readonly<Record<string, unknown>>,
  references: References,
  options: ValidateOptions,
): Generator<Problem> {
  for (const certificate of references.certificates.defined) {
    const { problems } = validateCertificate(certificate.names, options)
    yield* problems.map((problem) => place(problem, [], certificate))
  }
  yield* validateClients(entries(manifest.clients), references, options)
  for (const [key, credential] of entries(manifest.credentials)) {
    const path = ['credentials', key]
    yield* inside(path, [...validateName(key), ...validateSecrets(credential, references)])
    yield* inside(path, validateCredentialEntry(credential, references.profiles))
  }
}

function entries(section: unknown): [string, Readonly<Record<string, unknown>>][] {
  if (!isRecord(section)) return []
  return Object.entries(section).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  )
}

function* validateClients(
  clients: readonly [string, Readonly<Record<string, unknown>>][],
  references: References,
  options: ValidateOptions,
): Generator<Problem> {
  const { certificates, profiles } = references
  const findDuplicates = createDuplicateValidator()
  for (const [key, client] of clients) {
    const path = ['clients', key]
    const { clientId, name } = client
    const certificate = certificates.find(client.certificate, [...path, 'certificate'])
    const profile = profiles.find(client.psc, [...path, 'psc'])?.profile
    const problems = validateAtPsc(profile, { ...client, certificate: certificate.names }, options)
    const duplicates =
      profile === undefined
        ? []
        : findDuplicates({ psc: profile.baseUrl, clientId, name, label: quote(key) })
    yield* inside(path, [...validateName(key), ...validateSecrets(client, references)])
    yield* [...problems, ...duplicates].map((problem) => place(problem, path, certificate))
  }
}

/** Holds what tells a client of a manifest from others. */
export interface ClientIdentity {
  readonly key: string
  readonly psc: PscReference
  readonly clientId: unknown
  readonly name: unknown
}

/** Lists the clients of a manifest whose PSC is known, whatever else is wrong with them. */
export function identifyClients(manifest: unknown, { profiles }: References): ClientIdentity[] {
  if (!isRecord(manifest)) return []
  return entries(manifest.clients).flatMap(([key, { psc, clientId, name }]) =>
    typeof psc === 'string' && profiles.has(psc) && profiles.find(psc, [])?.profile
      ? [{ key, psc: profiles.referenceOf(psc), clientId, name }]
      : [],
  )
}

function inside(path: PropertyPath, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
}

/** Moves a problem of a certificate to where the certificate is defined. */
function place(problem: Problem, path: PropertyPath, certificate: FoundCertificate): Problem {
  const [field, ...rest] = problem.path
  if (field !== 'certificate') return { ...problem, path: [...path, ...problem.path] }
  const { source } = certificate
  const within = source === undefined ? [] : source === 'hosts' ? rest : [source]
  return { ...problem, path: [...certificate.path, ...within] }
}

const longestName = 100

/** Validates the name of an entry: it becomes the name of a resource, and a part of its URN. */
function validateName(key: string): Problem[] {
  const character = locateCharacter(key, edges) ?? locateCharacter(key, invisible)
  const wrong =
    key.trim() === ''
      ? say`the name of the entry is empty. Give one.`
      : character !== undefined
        ? say`the name of the entry contains ${character}. Remove it.`
        : key.length > longestName
          ? say`the name of the entry is longer than ${longestName} characters. Shorten it.`
          : undefined
  if (wrong !== undefined) return [refuse([], wrong, 'ERR_PSC_ENTRY_NAME')]
  return validateProse([], key, (reason) => say`the name of the entry ${reason}`)
}

/** Warns of secrets in clear text, and refuses files that must not be read. */
function validateSecrets(
  entry: Readonly<Record<string, unknown>>,
  { faultOfSecret }: References,
): Problem[] {
  return ['clientSecret', 'previousClientSecret'].flatMap((field) => {
    const secret = entry[field]
    if (typeof secret === 'string' && secret.trim() !== '') {
      const message = say`the secret stands in clear text in the manifest. Use { env: NAME }, { file: PATH } or { config: KEY }.`
      return [warn([field], message, 'WARN_PSC_SECRET_IN_CLEAR')]
    }
    const file = isRecord(secret) && typeof secret.file === 'string' ? secret.file : undefined
    const fault = file === undefined ? undefined : faultOfSecret(file)
    return fault ? [refuse([field, 'file'], fault.detail, fault.code)] : []
  })
}

/** Validates an entry of `credentials`, by its rules and by its issuer. Paths begin at the entry. */
function validateCredentialEntry(
  credential: Readonly<Record<string, unknown>>,
  profiles: Profiles,
): Problem[] {
  const { issuer, authBaseUrl } = credential
  return [...validateIssuer(issuer, authBaseUrl, profiles), ...validateCredential(credential)]
}

function validateIssuer(issuer: unknown, authBaseUrl: unknown, profiles: Profiles): Problem[] {
  // The shape reports other types.
  if (typeof issuer !== 'string') return []
  if (authBaseUrl !== undefined && typeof authBaseUrl !== 'string') return []
  const fault = faultOfIssuer(issuer, authBaseUrl, () => profiles.faultOf(issuer))
  return fault ? [refuse([fault.property], fault.message, 'ERR_PSC_ISSUER')] : []
}
