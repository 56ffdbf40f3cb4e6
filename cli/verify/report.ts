import { styleText } from 'node:util'
import { describeLifetime, printable } from '../../provider/rules/text.ts'
import { say, sayLater } from '../../provider/say.ts'
import { jsonLine, jsonText } from '../json.ts'
import { table, wrapSentences } from '../table.ts'
import type { UriVerdict, Verdict } from './verify.ts'

/** Writes a report for people: a table, the reason for each missing token, and a summary. */
export function textReport(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return `${say`The manifest declares no client and no credential.`}\n`
  const rows = verdicts.map(({ target, result, expiresIn, milliseconds }) => [
    printable(target.name),
    printable(target.issuer.name),
    painted(result),
    expiresIn === undefined ? '-' : describeLifetime(expiresIn),
    milliseconds === undefined ? '-' : `${(milliseconds / 1000).toFixed(2)} s`,
  ])
  return [
    table([[say`NAME`, 'PSC', say`RESULT`, say`LIFETIME`, say`TIME`], ...rows]),
    ...uriTable(verdicts),
    ...[...reasons(verdicts), [summary(verdicts), ...uriSummary(verdicts)].join('\n')].map((text) =>
      wrapSentences(text),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** Writes a report for programs: `results` in the order of the manifest, and `summary`. */
export function jsonReport(verdicts: readonly Verdict[]): string {
  const results = verdicts.map(resultOf)
  return `${jsonText({ results, summary: { ...count(verdicts), ...countUris(verdicts) } })}\n`
}

/** Writes the lines of a history: the `results` of the JSON report, one on each line. */
export function historyLines(verdicts: readonly Verdict[]): string[] {
  return verdicts.map((verdict) => `${jsonLine(resultOf(verdict))}\n`)
}

function resultOf({
  target,
  time,
  result,
  expiresIn,
  milliseconds,
  reason,
  redirectUris,
}: Verdict) {
  return {
    time: time.toISOString(),
    name: target.name,
    kind: target.kind,
    psc: target.issuer.name,
    clientId: target.clientId,
    address: target.issuer.tokenUrl,
    stack: target.stack ?? null,
    result,
    expiresIn: expiresIn ?? null,
    milliseconds: milliseconds ?? null,
    ...reason,
    ...(redirectUris && {
      redirectUris: redirectUris.map(({ uri, result, reason }) => ({ uri, result, ...reason })),
    }),
  }
}

/** The number of names before a reason. The table has all. */
const mostNamed = 5

/** Writes each reason once, with the names of those that it is about. */
function reasons(verdicts: readonly Verdict[]): string[] {
  const all = verdicts.flatMap(({ target, reason, redirectUris = [] }) =>
    [reason, ...redirectUris.map((uri) => uri.reason)].map((one) => ({ target, reason: one })),
  )
  const groups = Map.groupBy(all, ({ reason }) => reason?.message)
  groups.delete(undefined)
  return [...groups].map(([message = '', members]) => {
    const names = [...new Set(members.map(({ target }) => printable(target.name)))]
    const shown = names.slice(0, mostNamed).join(', ')
    const some =
      names.length > mostNamed ? say`${shown} and ${names.length - mostNamed} more` : shown
    return `${some}: ${message}`
  })
}

const results = {
  ok: sayLater`ok`,
  failed: sayLater`failed`,
  'not asked': sayLater`not asked`,
  'left out': sayLater`left out`,
  'not available here': sayLater`not available here`,
  registered: sayLater`registered`,
  'not registered': sayLater`not registered`,
  'not told': sayLater`not told`,
} as const satisfies Record<Verdict['result'] | UriVerdict['result'], () => string>

/** Colours a result on a terminal, unless NO_COLOR is set. */
function painted(result: Verdict['result'] | UriVerdict['result']): string {
  const isGood = result === 'ok' || result === 'registered'
  const isBad = result === 'failed' || result === 'not registered'
  const colour = isGood ? 'green' : isBad ? 'red' : 'yellow'
  return styleText(colour, results[result](), { stream: process.stdout })
}

function uriTable(verdicts: readonly Verdict[]): string[] {
  const rows = verdicts.flatMap(({ target, redirectUris = [] }) =>
    redirectUris.map(({ uri, result }) => [
      printable(target.name),
      printable(target.issuer.name),
      painted(result),
      printable(uri),
    ]),
  )
  return rows.length === 0
    ? []
    : [table([[say`NAME`, 'PSC', say`RESULT`, say`REDIRECT URI`], ...rows])]
}

function count(
  verdicts: readonly Verdict[],
): Record<'ok' | 'failed' | 'notAsked' | 'leftOut' | 'notAvailable', number> {
  const of = (result: Verdict['result']) =>
    verdicts.filter((verdict) => verdict.result === result).length
  return {
    ok: of('ok'),
    failed: of('failed'),
    notAsked: of('not asked'),
    leftOut: of('left out'),
    notAvailable: of('not available here'),
  }
}

function summary(verdicts: readonly Verdict[]): string {
  const { ok, failed, notAsked, leftOut, notAvailable } = count(verdicts)
  return [
    say`${ok} ok`,
    say`${failed} failed`,
    ...(notAsked > 0 ? [say`${notAsked} not asked`] : []),
    ...(leftOut > 0 ? [say`${leftOut} left out`] : []),
    ...(notAvailable > 0 ? [say`${notAvailable} not available here`] : []),
  ].join(', ')
}

/** Counts the results of the redirect URIs; empty if no PSC was asked. */
function countUris(
  verdicts: readonly Verdict[],
): Partial<Record<'registered' | 'notRegistered' | 'notTold', number>> {
  if (verdicts.every(({ redirectUris }) => !redirectUris)) return {}
  const results = verdicts.flatMap(({ redirectUris = [] }) => redirectUris)
  const of = (status: UriVerdict['result']) =>
    results.filter(({ result }) => result === status).length
  return {
    registered: of('registered'),
    notRegistered: of('not registered'),
    notTold: of('not told'),
  }
}

function uriSummary(verdicts: readonly Verdict[]): string[] {
  const { registered, notRegistered, notTold } = countUris(verdicts)
  if (registered === undefined) return []
  return [
    say`redirect URIs: ${registered} registered, ${notRegistered ?? 0} not registered, ${notTold ?? 0} not told`,
  ]
}
