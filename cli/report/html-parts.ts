import { html } from 'hono/html'
import { printable } from '../../provider/rules/text.ts'
import { type Language, locales } from '../language.ts'
import { datesIn, type Dates, type Style } from './dates.ts'
import type { Client, Place, Report } from './model.ts'
import { words, type Words } from './words.ts'

export type Markup = ReturnType<typeof html>

/** What every part of a page needs. */
export interface Page {
  readonly report: Report
  readonly words: Words
  readonly dates: Dates
  readonly style: Style
  /** Returns the anchor of a client; undefined for one that is not in the inventory. */
  readonly anchorOf: (client: Pick<Place, 'stack' | 'entry'>) => string | undefined
}

export function createPage(report: Report, style: Style): Page {
  const ids = new Map<unknown, string>(report.clients.map((client, index) => [client, `c${index}`]))
  // A client that moves to another PSC stands twice under its name: where it leaves and where it comes.
  const stay = report.clients.toSorted(
    (a, b) => Number(b.status === 'leaves') - Number(a.status === 'leaves'),
  )
  const anchors = new Map(stay.map((client) => [nameKey(client), ids.get(client)]))
  return {
    report,
    style,
    words: words[style.language],
    dates: datesIn(style),
    anchorOf: (client) => ids.get(client) ?? anchors.get(nameKey(client)),
  }
}

function nameKey({ stack, entry }: Pick<Place, 'stack' | 'entry'>): string {
  return JSON.stringify([stack, entry])
}

/** Writes a stranger's text: escaped, without a character that turns the direction, and isolated from its surroundings. */
export function shown(text: string): Markup {
  return html`<bdi>${printable(text)}</bdi>`
}

/** Writes a stranger's URI, id or host name. It is never a link. */
export function code(text: string): Markup {
  return html`<code>${printable(text)}</code>`
}

/** Writes a sentence of ours: what stands between backticks is code. */
export function sentence(text: string): Markup {
  const parts = text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : printable(part)))
  return html`${parts}`
}

/** Writes the words of a command. Of an excerpt, the line of the file is code; its carets would wrap. */
export function foreign(text: string, { style }: Page, language: Language = 'en'): Markup {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => !/^ *\| *\^+$/.test(line))
    .map((line) => (/^ *\d+ \| /.test(line) ? code(line.trim()) : printable(line)))
  const inside = html`${lines.map((line, index) => (index === 0 ? line : html`<br />${line}`))}`
  const tag = language === 'en' ? 'en' : locales.pt
  return style.language === language ? inside : html`<span lang="${tag}">${inside}</span>`
}

/** Names a client: a link to its entry of the inventory. */
export function nameOf(client: Pick<Place, 'stack' | 'entry' | 'name'>, page: Page): Markup {
  const name = shown(client.name ?? client.entry)
  const anchor = page.anchorOf(client)
  const isSeveral = page.report.stacks.length > 1
  const stack = isSeveral && client.stack !== null ? html` (${shown(client.stack)})` : ''
  return anchor === undefined
    ? html`${name}${stack}`
    : html`<a href="#${anchor}">${name}</a>${stack}`
}

/** The number of names that stand in the open. */
const mostNamed = 10

/** Lists clients by name: of many, the first, and the others folded. */
export function nameList(
  clients: readonly Pick<Place, 'stack' | 'entry' | 'name'>[],
  page: Page,
): Markup {
  const names = clients.map((client) => nameOf(client, page))
  const list = (some: readonly Markup[]) =>
    html`${some.map((name, index) => (index === 0 ? name : html`, ${name}`))}`
  if (names.length <= mostNamed) return list(names)
  const rest = names.slice(mostNamed)
  const more = page.words.more(rest.length)
  return html`${list(names.slice(0, mostNamed))}
    <details>
      <summary>${more}</summary>
      ${list(rest)}
    </details>`
}

/** Names a PSC with its environment, or with its address where that is none of a known environment. */
export function pscName(
  { psc, environment }: Pick<Client, 'psc' | 'environment'>,
  page: Page,
): string {
  return `${psc} · ${environment ?? page.words.ownAddress}`
}

/** Writes a table. Each of its rows begins with a head of its own. */
export function table(
  caption: string,
  heads: readonly Markup[],
  rows: readonly Markup[],
  id?: string,
): Markup {
  return html`<table${id === undefined ? '' : html` id="${id}"`}>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

/** Writes the head of a column of a table. */
export function columnHead(text: string): Markup {
  return html`<th scope="col">${text}</th>`
}

/** Writes a list of terms with their values. Leaves out a term without a value. */
export function terms(pairs: readonly (readonly [string, Markup | string | null])[]): Markup {
  const known = pairs.filter(([, value]) => value !== null)
  return html`<dl>
    ${known.map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
