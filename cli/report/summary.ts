import type { Certificate, Change, Client, Report } from './model.ts'
import { endOf } from './notices.ts'

/** A certificate with the clients that declare it. */
export interface CertificateUse extends Certificate {
  /** Whole days; negative after the end. Null if the end is not known. */
  readonly daysLeft: number | null
  readonly state: 'valid' | 'ends' | 'expired' | 'unknown'
  readonly clients: readonly Client[]
}

/** The clients of a PSC in an environment. */
export interface Group {
  readonly psc: string
  readonly environment: string | null
  readonly baseUrl: string | null
  readonly clients: readonly Client[]
}

/** The figures that a reader looks for first. */
export interface Summary {
  readonly clients: number
  readonly pscs: number
  readonly newClients: number
  readonly changedClients: number
  readonly leavingClients: number
  readonly registrations: number
  readonly removedUris: number
  readonly addedUris: number
  readonly refusals: number
  readonly warnings: number
  readonly certificates: number
  readonly expiredCertificates: number
  readonly endingCertificates: number
  /** ISO 8601; null if no end is known or all certificates have expired. */
  readonly nextEnd: string | null
  readonly verified: number
  readonly notVerified: number
  /** Clients with no result of verify, or none that tells. */
  readonly unknown: number
}

export function summarize(report: Report): Summary {
  const { clients, changes, refusals, warnings } = report
  const certificates = listCertificates(report)
  const countKind = (kind: Change['kind']) => changes.filter((one) => one.kind === kind).length
  const countState = (state: CertificateUse['state']) =>
    certificates.filter((one) => one.state === state).length
  const countResult = (result: string) =>
    clients.filter(({ verified }) => verified?.result === result).length
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    clients: clients.length,
    pscs: new Set(clients.map(({ psc }) => psc)).size,
    newClients: countKind('new'),
    changedClients: countKind('changed'),
    leavingClients: countKind('leaves'),
    registrations: countKind('registers'),
    removedUris: sum(changes.map(({ removedUris }) => removedUris.length)),
    addedUris: sum(changes.map(({ addedUris }) => addedUris.length)),
    refusals: refusals.length,
    warnings: warnings.length,
    certificates: certificates.length,
    expiredCertificates: countState('expired'),
    endingCertificates: countState('ends'),
    nextEnd: certificates.find(({ daysLeft }) => (daysLeft ?? -1) >= 0)?.notAfter ?? null,
    verified: countResult('ok'),
    notVerified: countResult('failed'),
    unknown: clients.length - countResult('ok') - countResult('failed'),
  }
}

const day = 24 * 60 * 60 * 1000

/** Lists each certificate once, the one that ends first at the beginning. */
export function listCertificates({ clients, generated, warningDays }: Report): CertificateUse[] {
  const now = new Date(generated)
  const withOne = clients.filter(({ certificate }) => certificate !== null)
  const groups = Map.groupBy(withOne, ({ certificate }) =>
    JSON.stringify(
      certificate?.fingerprint256 ?? [certificate?.hosts.toSorted(), certificate?.notAfter],
    ),
  )
  const uses = [...groups.values()].flatMap((members): CertificateUse[] => {
    const certificate = members[0]?.certificate
    if (!certificate) return []
    const { notAfter } = certificate
    const left = notAfter === null ? null : Date.parse(notAfter) - now.getTime()
    const state = notAfter === null ? 'unknown' : (endOf(notAfter, { now, warningDays }) ?? 'valid')
    const daysLeft = left === null ? null : Math.floor(left / day)
    return [{ ...certificate, daysLeft, state, clients: members }]
  })
  // An unknown end comes last.
  return uses.toSorted(
    (a, b) =>
      Number(a.notAfter === null) - Number(b.notAfter === null) ||
      (a.daysLeft ?? 0) - (b.daysLeft ?? 0),
  )
}

/** Groups clients, which are sorted, by their PSC and its environment. */
export function groupClients(clients: readonly Client[]): Group[] {
  const groups = Map.groupBy(clients, ({ psc, environment, baseUrl }) =>
    JSON.stringify([psc, environment ?? baseUrl]),
  )
  return [...groups.values()].flatMap((members): Group[] => {
    const [first] = members
    if (!first) return []
    const { psc, environment, baseUrl } = first
    return [{ psc, environment, baseUrl, clients: members }]
  })
}
