import type { Dates } from './dates.ts'
import { hasPreview, type Report } from './model.ts'
import { summarize } from './summary.ts'
import type { Words } from './words.ts'

/** A sentence of the overview. */
export interface Fact {
  readonly mark: 'bad' | 'warn' | 'good' | 'plain'
  readonly text: string
}

/** Words what readers ask first: does it break sign-ins, what changes, what expires, what does not work. */
export function overviewOf(
  report: Report,
  { words, dates }: { readonly words: Words; readonly dates: Dates },
): Fact[] {
  const n = summarize(report)
  const facts: Fact[] = []
  if (n.refusals > 0) facts.push({ mark: 'bad', text: words.refused(n.refusals) })
  if (n.removedUris > 0) facts.push({ mark: 'bad', text: words.losing(n.removedUris) })
  const changes = words.changeCounts({
    changed: n.changedClients,
    added: n.newClients,
    leaving: n.leavingClients,
    registered: n.registrations,
  })
  if (!hasPreview(report)) facts.push({ mark: 'plain', text: words.noPreview })
  else if (changes !== '') facts.push({ mark: 'plain', text: `${changes}.` })
  else if (n.refusals === 0) facts.push({ mark: 'good', text: words.noChanges })
  // A preview lists only the clients that change.
  const isWhole = report.sources.some(({ kind }) => kind === 'manifest' || kind === 'state')
  if (n.clients > 0 && isWhole) {
    facts.push({ mark: 'plain', text: `${words.inventoryCounts(n.clients, n.pscs)}.` })
  }
  if (n.certificates > 0) {
    const counts = words.certificateCounts({
      all: n.certificates,
      expired: n.expiredCertificates,
      ending: n.endingCertificates,
      days: report.warningDays,
    })
    const next = n.nextEnd === null ? '' : ` ${words.nextEnd(dates.day(n.nextEnd))}`
    const mark = n.expiredCertificates > 0 ? 'bad' : n.endingCertificates > 0 ? 'warn' : 'good'
    facts.push({ mark, text: `${counts}.${next}` })
  }
  if (report.sources.some(({ kind }) => kind === 'verify') && n.clients > 0) {
    const text = words.verifiedCounts({ ok: n.verified, failed: n.notVerified, unknown: n.unknown })
    facts.push({ mark: n.notVerified > 0 ? 'bad' : 'good', text: `${text}.` })
  }
  const text = n.warnings === 0 ? words.noWarnings : `${words.warningCount(n.warnings)}.`
  facts.push({ mark: n.warnings === 0 ? 'good' : 'warn', text })
  return facts
}
