import { judgeClient } from '../rules/client.ts'
import type { JudgeOptions } from '../rules/client.ts'
import { createDuplicateJudge } from '../rules/duplicates.ts'
import type { Problem, PropertyPath } from '../rules/problem.ts'
import { refuse, warn } from '../rules/problem.ts'
import { isRecord } from '../rules/text.ts'
import { quote } from '../rules/text.ts'
import { judgeBaseUrl } from './base-url.ts'
import type { Certificates, FoundCertificate } from './certificates.ts'
import { judgeCredential } from './credentials.ts'

/** Judges every entry of a manifest by the rules that a preview judges by; paths are whole ones. */
export function judgeEntries(
  manifest: unknown,
  certificates: Certificates,
  options: JudgeOptions,
): Problem[] {
  const sections = isRecord(manifest) ? manifest : {}
  return [
    ...entries(sections.pscs).flatMap(([name, { baseUrl }]) =>
      typeof baseUrl === 'string' ? judgeBaseUrl(baseUrl, ['pscs', name, 'baseUrl']) : [],
    ),
    ...judgeClients(entries(sections.clients), certificates, options),
    ...entries(sections.credentials).flatMap(([key, credential]) =>
      inside(
        ['credentials', key],
        [
          ...judgeName(key),
          ...judgeInlineSecret(credential.clientSecret),
          ...judgeCredential(credential, options),
        ],
      ),
    ),
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
  certificates: Certificates,
  options: JudgeOptions,
): Problem[] {
  const judgeDuplicate = createDuplicateJudge()
  return clients.flatMap(([key, client]) => {
    const path = ['clients', key]
    const { psc, clientId, name } = client
    const certificate = certificates.find(client.certificate, [...path, 'certificate'])
    const problems = judgeClient({ ...client, certificate: certificate.names }, options)
    const duplicates =
      typeof psc === 'string' ? judgeDuplicate({ psc, clientId, name, label: quote(key) }) : []
    return [
      ...inside(path, [...judgeName(key), ...judgeInlineSecret(client.clientSecret)]),
      ...[...problems, ...duplicates].map((problem) => place(problem, path, certificate)),
    ]
  })
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

function judgeInlineSecret(secret: unknown): Problem[] {
  if (typeof secret !== 'string' || secret.trim() === '') return []
  return [
    warn(
      ['clientSecret'],
      'This is a secret in clear text in the manifest. Use { env: NAME }, { file: path } or { config: key }.',
    ),
  ]
}
