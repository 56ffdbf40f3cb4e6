import type { Code } from '../../provider/codes.ts'
import type { Loaded } from '../stack.ts'
import { findChanges, stackOf } from './changes.ts'
import { listInventory } from './inventory.ts'
import type { Notice, Report, Source } from './model.ts'
import { manifestNotices, noticesOf, refusalsOf, repeats, warningsOf } from './notices.ts'
import { readSource } from './sources.ts'
import { indexResults } from './verified.ts'

/** Names the files of a report. */
export interface ReportFiles {
  readonly state: readonly string[]
  readonly preview: readonly string[]
  readonly verify: readonly string[]
}

export interface ReportOptions {
  /** The manifest and the settings of a stack, if the report shall use them. */
  readonly loaded?: Loaded | undefined
  /** The stack of entries that name none. */
  readonly stack?: string | undefined
  readonly warningDays: number
  readonly now: Date
}

/**
 * Builds a report from what is given.
 *
 * @throws {FileError} for a file that cannot be read.
 * @throws {CommandError} for a file of another kind.
 */
export function buildReport(
  files: ReportFiles,
  { loaded, stack = '', warningDays, now }: ReportOptions,
): Report {
  const resources = files.state.flatMap((file) => readSource('state', file))
  const previews = files.preview.map((file) => readSource('preview', file))
  const results = files.verify.flatMap((file) => readSource('verify', file))
  const steps = previews.flatMap((preview) => preview.steps)
  const diagnostics = previews.flatMap((preview) => preview.diagnostics)
  const { manifest, baseUrls = {} } = loaded ?? {}
  const changes = findChanges(steps, baseUrls)
  const { clients, credentials, differing } = listInventory(
    {
      resources,
      steps,
      manifest,
      stack: stack === '' ? null : stack,
      baseUrls,
      findVerified: indexResults(results),
    },
    changes,
  )
  const names = new Map(clients.map(({ stack, entry, name }) => [`${stack ?? ''} ${entry}`, name]))
  const nameClients = (notice: Notice): Notice => ({
    ...notice,
    clients: notice.clients.map((client) => ({
      ...client,
      name: client.name ?? names.get(`${client.stack ?? ''} ${client.entry}`) ?? null,
    })),
  })
  // A preview tells more exactly what differs.
  const unapplied = files.preview.length === 0 ? differing : []
  const own = [
    ...noticesOf(clients, unapplied, { now, warningDays }),
    ...manifestNotices(manifest?.warnings ?? [], clients),
  ]
  const isRepeated = repeats(own)
  const ofPreviews = warningsOf(diagnostics).filter(
    (notice) => isNews(notice) && !isRepeated(notice),
  )
  const urns = [...resources.map(({ urn }) => urn), ...steps.map(({ urn }) => urn)]
  const stacks = [...urns.map(stackOf), ...clients.map((client) => client.stack)]
  return {
    generated: now.toISOString(),
    sources: [
      ...(manifest ? [{ kind: 'manifest' as const, file: manifest.file }] : []),
      ...(['state', 'preview', 'verify'] as const).flatMap((kind): Source[] =>
        files[kind].map((file) => ({ kind, file })),
      ),
    ],
    stacks: [...new Set(stacks)].filter((name) => name !== null).toSorted(),
    warningDays,
    refusals: refusalsOf(diagnostics).map(nameClients),
    changes,
    warnings: unique([...own, ...ofPreviews.map(nameClients)]),
    clients,
    credentials,
  }
}

/** What the changes of the report tell for each client. */
const told: ReadonlySet<string | null> = new Set<Code>([
  'WARN_PSC_URI_REMOVED',
  'WARN_PSC_STAYS_REGISTERED',
])

function isNews({ code }: Notice): boolean {
  return !told.has(code)
}

/** Joins the warnings that say the same of several clients. */
function unique(notices: readonly Notice[]): Notice[] {
  const groups = Map.groupBy(notices, ({ message, kind, subject }) =>
    JSON.stringify([message, kind, subject]),
  )
  return [...groups.values()].flatMap(([first, ...others]): Notice[] => {
    if (!first) return []
    const clients = [first, ...others].flatMap((notice) => notice.clients)
    const byName = new Map(clients.map((one) => [JSON.stringify([one.stack, one.entry]), one]))
    return [{ ...first, clients: [...byName.values()] }]
  })
}
