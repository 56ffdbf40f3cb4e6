import { printable } from '../../provider/rules/text.ts'
import { ownWords, resultWord } from './wording.ts'
import { datesIn, type Dates, type Style } from './dates.ts'
import type { Change, Client, FieldChange, Notice, Place, Report } from './model.ts'
import { overviewOf } from './overview.ts'
import { words as catalogue, type Words } from './words.ts'

/** GitHub takes 65,536 characters, Azure DevOps 150,000, GitLab a million. */
const longestComment = 60_000

/** The space for what stands after the lists. */
const reserve = 1_000

interface Page {
  readonly words: Words
  readonly dates: Dates
}

/**
 * Writes a report for a comment on a pull request. Every text of a stranger stands in a code span or a code block, where
 * no link, mention, table or HTML can be made of it.
 *
 * @see https://github.github.com/gfm/
 */
export function markdownReport(report: Report, style: Style): string {
  const words = catalogue[style.language]
  const page = { words, dates: datesIn(style) }
  const { refusals, warnings, changes, clients, stacks, generated } = report
  const comment = new Comment(longestComment - reserve)
  comment.add(`${marker(stacks)}\n`)
  const facts = overviewOf(report, page)
  const [first, ...others] = facts
  comment.add(`**${first?.text ?? words.noWarnings}**\n`)
  comment.add(others.map(({ text }) => `- ${text}\n`).join(''))
  if (refusals.length > 0) {
    comment.add(`\n### ${words.refusals}\n`)
    for (const { message } of refusals) comment.item(`\n${block(message ?? '')}\n`)
  }
  if (changes.length > 0) {
    comment.add(`\n### ${words.changes}\n\n`)
    comment.table(
      [words.client, words.columns.psc, words.what],
      changes.toSorted(bySeverity).map((change) => changeRow(change, page)),
    )
  }
  if (warnings.length > 0) {
    comment.fold(words.warningCount(warnings.length), () => {
      for (const notice of warnings) comment.item(noticeItem(notice, page))
    })
  }
  if (clients.length > 0) {
    const { columns } = words
    comment.fold(`${words.inventory}: ${words.clients(clients.length)}`, () => {
      comment.table(
        [columns.name, columns.clientId, columns.psc, words.ends, columns.verifiedAt],
        clients.map((client) => clientRow(client, page)),
      )
    })
  }
  const cut = comment.leftOut === 0 ? '' : `\n**${words.cut(comment.leftOut)}**\n`
  const made = words.generated(page.dates.moment(generated), style.timeZone)
  return `${comment.text}${cut}\n<sub>${made}</sub>\n`
}

/** Builds a text up to a limit, and counts what did not fit. */
class Comment {
  text = ''
  leftOut = 0
  #isFull = false
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Adds a heading, which counts as nothing. @returns whether it fits. */
  add(text: string): boolean {
    // What comes after the first text that does not fit would seem to be complete.
    this.#isFull ||= this.text.length + text.length > this.#limit
    if (!this.#isFull) this.text += text
    return !this.#isFull
  }

  item(text: string): void {
    if (!this.add(text)) this.leftOut += 1
  }

  table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
    const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`
    this.add(line(heads) + line(heads.map(() => '---')))
    for (const row of rows) this.item(line(row))
  }

  /** Adds a part that a reader unfolds. Its end is not counted: HTML must be closed. */
  fold(title: string, fill: () => void): void {
    const isOpen = this.add(`\n<details><summary>${title}</summary>\n\n`)
    fill()
    if (isOpen) this.text += '\n</details>\n'
  }
}

/** Writes the hidden line by which a pipeline finds its comment and updates it. */
function marker(stacks: readonly string[]): string {
  const names = stacks.map((name) => name.replace(/[^\w./]+/g, '-')).join(' ')
  return `<!-- pulumi-psc-report${names === '' ? '' : `: ${names.slice(0, 500)}`} -->`
}

/** Writes a code span. */
function span(text: string, longest = 300): string {
  const whole = printable(text).trim()
  const inside = whole.length > longest ? `${whole.slice(0, longest)}…` : whole
  if (inside === '') return '–'
  const fence = fenceFor(inside, 1)
  const pad = inside.startsWith('`') || inside.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${inside}${pad}${fence}`
}

/** Escapes the bars of a cell, also in its code. A backslash before one would escape the escape. */
function cell(markdown: string): string {
  return markdown.replace(/\\(?=\\*\|)/g, '\\u{5C}').replaceAll('|', '\\|')
}

function block(text: string): string {
  const inside = text.split('\n').map(printable).join('\n')
  const fence = fenceFor(inside, 3)
  return `${fence}text\n${inside.trim()}\n${fence}`
}

/** Returns more backticks than the text has in a row. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  return '`'.repeat(Math.max(least, longest + 1))
}

function bySeverity(a: Change, b: Change): number {
  return Number(b.removedUris.length > 0) - Number(a.removedUris.length > 0)
}

function changeRow(change: Change, page: Page): string[] {
  const { kind, name, entry, clientId, stack, removedUris, addedUris, newDefaultUri } = change
  const { words } = page
  const note = kind === 'changed' ? [] : [words[`${kind}Note`]]
  const parts = [
    `**${words.changeKinds[kind]}**`,
    ...note,
    ...removedUris.map((uri) => `− **${words.removedUri}** ${span(uri)} (${words.removedUriNote})`),
    ...addedUris.map((uri) => `+ **${words.addedUri}** ${span(uri)}`),
    ...(newDefaultUri === null ? [] : [`${words.newDefault}: ${span(newDefaultUri)}`]),
    ...change.fields.map((field) => fieldText(field, words)),
  ]
  const id = clientId === null ? words.notYetKnown : span(clientId)
  return [
    [span(name ?? entry), id].join('<br>'),
    [placeText(change, words), ...(stack === null ? [] : [span(stack)])].join('<br>'),
    parts.join('<br>'),
  ]
}

function fieldText({ field, before, after }: FieldChange, words: Words): string {
  const value = (text: string | null) =>
    text === null ? words.none : text === '***' ? words.hidden : span(text)
  return `${words.fields[field]}: ${value(before)} → ${value(after)}`
}

function placeText({ psc, environment, baseUrl }: Place | Client, words: Words): string {
  return `${span(psc)} ${environment ?? (baseUrl === null ? words.ownAddress : span(baseUrl))}`
}

function noticeItem(notice: Notice, page: Page): string {
  const { message, code, clients } = notice
  if (message !== null) {
    const about = clients.length === 0 ? '' : `${names(clients, page.words)}: `
    // A block stands in its item by its indentation, and a code span would show the ends of its lines.
    if (message.includes('\n')) return `- ${about}\n${block(message).replace(/^/gm, '  ')}\n`
    return `- ${about}${span(message, 1000)}\n`
  }
  const text = ownWords({ ...notice, subject: safeSubject(notice) }, page)
  return `- ${text}${code === null ? '' : ` ${span(`[${code}]`)}`} ${names(clients, page.words)}\n`
}

/** The words put a URI between backticks. One with a backtick of its own would leave them. */
function safeSubject({ subject }: Notice): string | null {
  return subject === null ? null : printable(subject).replaceAll('`', '%60')
}

/** The number of names of a warning. */
const mostNamed = 5

function names(clients: Notice['clients'], words: Words): string {
  const shown = clients.slice(0, mostNamed).map(({ name, entry }) => span(name ?? entry, 80))
  const rest = clients.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` ${words.more(rest)}` : ''}`
}

function clientRow(client: Client, { words, dates }: Page): string[] {
  const { name, entry, clientId, certificate, verified } = client
  const end = certificate?.notAfter ?? null
  const at = verified?.at == null ? '' : ` (${dates.day(verified.at)})`
  return [
    span(name ?? entry, 80),
    clientId === null ? words.notYetKnown : span(clientId, 80),
    placeText(client, words),
    end === null ? '–' : dates.day(end),
    verified === null ? '–' : `${resultText(verified, words)}${at}`,
  ]
}

function resultText(verified: NonNullable<Client['verified']>, words: Words): string {
  const { results } = words
  return Object.hasOwn(results, verified.result)
    ? resultWord(results, verified)
    : span(verified.result, 80)
}
