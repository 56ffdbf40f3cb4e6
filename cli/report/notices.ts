import type { Code } from '../../provider/codes.ts'
import type { ManifestProblem } from '../../provider/manifest/index.ts'
import { problemEntry, problemText } from '../../provider/manifest/index.ts'
import { spokenLanguage } from '../language.ts'
import { codeAtEnd, plain, readUrn } from '../fleet/outcomes.ts'
import { resourceOf, stackOf } from './changes.ts'
import { type Client, codeOf, type Notice, type NoticeKind } from './model.ts'
import type { ClientFacts } from './properties.ts'
import type { Diagnostic } from './sources.ts'

type Named = Notice['clients'][number]

/** The longest message that a report shows, in UTF-16 units. A program may print a whole stack trace. */
const longestMessage = 2000

/** Reads the errors of previews: why they failed. */
export function refusalsOf(diagnostics: readonly Diagnostic[]): Notice[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return errors.flatMap(({ urn, message }) => noticeOf('error', urn, plain(message)))
}

/**
 * Reads the warnings of previews. A program warns under a resource. A provider only writes lines to its stderr, which the
 * engine passes on as information; the code tells which of them are warnings.
 */
export function warningsOf(diagnostics: readonly Diagnostic[]): Notice[] {
  return diagnostics.flatMap(({ severity, urn, message }) => {
    const text = withoutExcerpt(plain(message).replace(/^warning: /, ''))
    const isWarning = severity === 'warning' || codeAtEnd(text)?.startsWith('WARN_PSC_') === true
    return isWarning && severity !== 'error' ? noticeOf('warning', urn, text) : []
  })
}

/** Takes the problem out of a warning of a manifest, which stands between the name of its client and an excerpt. */
function withoutExcerpt(text: string): string {
  const problems = text
    .split('\n')
    .flatMap((line) => (codeAtEnd(line) ? (/^ +\S.*?: warning: (.+)$/.exec(line)?.[1] ?? []) : []))
  return problems.length > 0 ? problems.join('\n') : text
}

function noticeOf(severity: Notice['severity'], urn: string, text: string): Notice[] {
  if (text === '') return []
  const { type, entry } = readUrn(urn)
  const isOurs = resourceOf(type) !== undefined
  const message = text.replace(/^error: /, '')
  return [
    {
      severity,
      code: codeAtEnd(message) ?? null,
      message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message,
      language: 'en',
      kind: null,
      subject: null,
      clients: isOurs ? [{ stack: stackOf(urn), entry, name: null }] : [],
    },
  ]
}

/** The warnings of a manifest that the report finds itself, for each certificate once. */
const ownWarnings: ReadonlySet<string> = new Set<Code>([
  'WARN_PSC_CERTIFICATE_EXPIRED',
  'WARN_PSC_CERTIFICATE_EXPIRES',
])

/** Reads the warnings of a manifest. One of a client names it in every stack of the inventory. */
export function manifestNotices(
  problems: readonly ManifestProblem[],
  clients: readonly Client[],
): Notice[] {
  const byEntry = Map.groupBy(clients, ({ entry }) => entry)
  const others = problems.filter(({ code }) => !ownWarnings.has(code))
  return others.map((problem) => {
    const [section, key] = problem.path
    const named = section === 'clients' ? byEntry.get(String(key)) : undefined
    const entry = problemEntry(problem)
    const message = problemText(problem)
    return {
      severity: 'warning',
      code: problem.code,
      message: entry === undefined || named ? message : `${entry}: ${message}`,
      language: spokenLanguage(),
      kind: null,
      subject: null,
      clients: (named ?? []).map(({ stack, entry, name }) => ({ stack, entry, name })),
    }
  })
}

/** Makes a test for warnings of a preview that these, of the same code and clients, already tell. */
export function repeats(notices: readonly Notice[]): (notice: Notice) => boolean {
  const keysOf = ({ code, clients }: Notice, isStackless = false) =>
    clients.map(({ stack, entry }) => JSON.stringify([code, isStackless ? null : stack, entry]))
  const told = new Set(notices.flatMap((notice) => keysOf(notice)))
  return (notice) => {
    const keys = keysOf(notice)
    const stackless = keysOf(notice, true)
    return (
      notice.code !== null &&
      keys.length > 0 &&
      keys.every((key, index) => told.has(key) || told.has(stackless[index] ?? ''))
    )
  }
}

const day = 24 * 60 * 60 * 1000

/** Tells how near the end of a certificate is. Undefined if it is far or not known. */
export function endOf(
  notAfter: string | null,
  { now, warningDays }: { readonly now: Date; readonly warningDays: number },
): 'expired' | 'ends' | undefined {
  if (notAfter === null) return undefined
  const left = Date.parse(notAfter) - now.getTime()
  return left < 0 ? 'expired' : left <= warningDays * day ? 'ends' : undefined
}

/** Finds what a reader should know of the clients, each fact once with all its clients. */
export function noticesOf(
  clients: readonly Client[],
  differing: readonly ClientFacts[],
  moment: { readonly now: Date; readonly warningDays: number },
): Notice[] {
  const found = clients.flatMap((client): Finding[] => {
    const { certificate, applied, verified } = client
    const end = endOf(certificate?.notAfter ?? null, moment)
    const missing = [...(applied?.missingUris ?? []), ...(verified?.missingUris ?? [])]
    return [
      ...(end ? [{ kind: end, subject: certificate?.notAfter ?? null, client }] : []),
      ...(applied?.isSettled === false
        ? [{ kind: 'unsettled' as const, subject: null, client }]
        : []),
      ...[...new Set(missing)].map((uri) => ({
        kind: 'missingUri' as const,
        subject: uri,
        client,
      })),
      ...(verified?.result === 'failed'
        ? [{ kind: 'notVerified' as const, subject: verified.code, client }]
        : []),
    ]
  })
  const differences = differing.map((client) => ({
    kind: 'differs' as const,
    subject: null,
    client,
  }))
  const groups = Map.groupBy([...found, ...differences], ({ kind, subject }) =>
    JSON.stringify([kind, subject]),
  )
  const notices = [...groups.values()].flatMap(([first, ...others]): Notice[] => {
    if (!first) return []
    const { kind, subject } = first
    return [
      {
        severity: errors.has(kind) ? 'error' : 'warning',
        code: kind === 'notVerified' ? subject : codeOf[kind],
        message: null,
        language: null,
        kind,
        subject,
        clients: [first, ...others].map(({ client: { stack, entry, name } }) => ({
          stack,
          entry,
          name,
        })),
      },
    ]
  })
  return notices.toSorted(inOrder)
}

interface Finding {
  readonly kind: NoticeKind
  readonly subject: string | null
  readonly client: Named
}

/** What already fails, or will fail, for people who sign in. */
const errors: ReadonlySet<NoticeKind> = new Set(['expired', 'missingUri', 'notVerified'])

const order: readonly NoticeKind[] = [
  'missingUri',
  'notVerified',
  'expired',
  'ends',
  'unsettled',
  'differs',
]

function inOrder(a: Notice, b: Notice): number {
  const rank = ({ kind }: Notice) => (kind === null ? order.length : order.indexOf(kind))
  return rank(a) - rank(b) || (a.subject ?? '').localeCompare(b.subject ?? '')
}
