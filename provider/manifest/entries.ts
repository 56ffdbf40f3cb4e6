import { faultOfIssuer } from '../psc/issuers.ts'
import { judgeCapabilities } from '../psc/profiles/capabilities.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { judgeCertificate } from '../rules/certificate-rules.ts'
import { judgeClient, judgeCredential, type JudgeOptions } from '../rules/client.ts'
import { createDuplicateJudge } from '../rules/duplicates.ts'
import { formatPath, type Problem, type PropertyPath, refuse, warn } from '../rules/problem.ts'
import { isRecord, quote } from '../rules/text.ts'
import type { Certificates, FoundCertificate, Profiles } from './references.ts'

/** What the entries of a manifest refer to. */
export interface References {
  readonly certificates: Certificates
  readonly profiles: Profiles
}

/** Judges every entry of a manifest by the rules that a preview judges by; paths are whole ones. */
export function judgeEntries(
  manifest: Readonly<Record<string, unknown>>,
  references: References,
  options: JudgeOptions,
): Problem[] {
  const credentials = entries(manifest.credentials).flatMap(([key, credential]) =>
    inside(
      ['credentials', key],
      [
        ...judgeName(key),
        ...judgeInlineSecrets(credential),
        ...judgeCredentialEntry(credential, references.profiles),
      ],
    ),
  )
  return [
    ...references.certificates.defined.flatMap((certificate) =>
      judgeCertificate(certificate.names, options).problems.map((problem) =>
        place(problem, [], certificate),
      ),
    ),
    ...judgeClients(entries(manifest.clients), references, options),
    ...credentials,
  ]
}

function entries(section: unknown): [string, Readonly<Record<string, unknown>>][] {
  if (!isRecord(section)) return []
  return Object.entries(section).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  )
}

function judgeClients(
  clients: readonly [string, Readonly<Record<string, unknown>>][],
  { certificates, profiles }: References,
  options: JudgeOptions,
): Problem[] {
  const judgeDuplicate = createDuplicateJudge()
  return clients.flatMap(([key, client]) => {
    const path = ['clients', key]
    const { clientId, name } = client
    const certificate = certificates.find(client.certificate, [...path, 'certificate'])
    const profile = profiles.find(client.psc, [...path, 'psc'])?.profile
    const problems = judgeAt(profile, { ...client, certificate: certificate.names }, options)
    const duplicates =
      profile === undefined
        ? []
        : judgeDuplicate({ psc: profile.baseUrl, clientId, name, label: quote(key) })
    return [
      ...inside(path, [...judgeName(key), ...judgeInlineSecrets(client)]),
      ...[...problems, ...duplicates].map((problem) => place(problem, path, certificate)),
    ]
  })
}

/** By the rules, and by what the PSC can do, which says more about the same property. */
function judgeAt(
  profile: PscProfile | undefined,
  client: Readonly<Record<string, unknown>>,
  options: JudgeOptions,
): Problem[] {
  const beyond = profile === undefined ? [] : judgeCapabilities(profile, client)
  const said = new Set(beyond.map(({ path }) => formatPath(path)))
  const rules = judgeClient(client, options).filter(({ path }) => !said.has(formatPath(path)))
  return [...beyond, ...rules]
}

function inside(path: PropertyPath, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
}

/** A problem of a certificate is corrected where the certificate is defined. */
function place(problem: Problem, path: PropertyPath, certificate: FoundCertificate): Problem {
  const [field, ...rest] = problem.path
  if (field !== 'certificate') return { ...problem, path: [...path, ...problem.path] }
  const { source } = certificate
  const within = source === undefined ? [] : source === 'hosts' ? rest : [source]
  return { ...problem, path: [...certificate.path, ...within] }
}

const longestName = 100

/** The name of an entry becomes the name of a resource, and a part of its URN. */
function judgeName(key: string): Problem[] {
  if (key.trim() === '') return [refuse([], 'The name of an entry must not be empty. Give one.')]
  if (key !== key.trim() || /[\p{C}\p{Zl}\p{Zp}]/u.test(key)) {
    return [
      refuse(
        [],
        'The name of an entry holds a control character, or begins or ends with a space. Remove it.',
      ),
    ]
  }
  if (key.length > longestName) {
    return [
      refuse([], `The name of an entry is longer than ${longestName} characters. Shorten it.`),
    ]
  }
  return []
}

function judgeInlineSecrets(entry: Readonly<Record<string, unknown>>): Problem[] {
  return ['clientSecret', 'previousClientSecret']
    .filter((field) => typeof entry[field] === 'string' && entry[field].trim() !== '')
    .map((field) =>
      warn(
        [field],
        'This is a secret in clear text in the manifest. Use { env: NAME }, { file: path } or { config: key }.',
      ),
    )
}

/** Judges an entry of `credentials`, by its rules and by who issued it; paths are those within it. */
export function judgeCredentialEntry(
  credential: Readonly<Record<string, unknown>>,
  profiles: Profiles,
): Problem[] {
  const { issuer, authBaseUrl } = credential
  return [...judgeIssuer(issuer, authBaseUrl, profiles), ...judgeCredential(credential)]
}

function judgeIssuer(issuer: unknown, authBaseUrl: unknown, profiles: Profiles): Problem[] {
  // What is no text is told by the shape.
  if (typeof issuer !== 'string') return []
  if (authBaseUrl !== undefined && typeof authBaseUrl !== 'string') return []
  const fault = faultOfIssuer(issuer, authBaseUrl, () => profiles.faultOf(issuer))
  return fault ? [refuse([fault.property], fault.message)] : []
}
