import { html } from 'hono/html'
import { ownWords } from './wording.ts'
import type { Change, FieldChange, Notice } from './model.ts'
import {
  code,
  foreign,
  type Markup,
  nameList,
  type Page,
  pscName,
  sentence,
  shown,
} from './html-parts.ts'

/** The number of changes up to which each is unfolded. */
const mostOpen = 30

/** Writes what a change does with each client. Those that lose a redirect URI come first and are unfolded. */
export function changesSection(page: Page): Markup {
  const { changes } = page.report
  const sorted = changes.toSorted((a, b) => rank(a) - rank(b))
  const items = sorted.map((change) => {
    const isOpen = changes.length <= mostOpen || change.removedUris.length > 0
    return html`<li>${changeItem(change, isOpen, page)}</li>`
  })
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${page.words.changes}</h2>
    <ul class="items">
      ${items}
    </ul>
  </section>`
}

function rank({ kind, removedUris }: Change): number {
  return removedUris.length > 0 ? -1 : ['changed', 'leaves', 'new', 'registers'].indexOf(kind)
}

function changeItem(change: Change, isOpen: boolean, page: Page): Markup {
  const { kind, name, entry, removedUris, addedUris, newDefaultUri, fields } = change
  const { words } = page
  const note = kind === 'changed' ? null : words[`${kind}Note`]
  const lines = [
    ...removedUris.map(
      (uri) =>
        html`<li class="bad">
          <strong>− ${words.removedUri}</strong> ${code(uri)} <span>(${words.removedUriNote})</span>
        </li>`,
    ),
    ...addedUris.map(
      (uri) => html`<li class="good"><strong>+ ${words.addedUri}</strong> ${code(uri)}</li>`,
    ),
    ...(newDefaultUri === null
      ? []
      : [html`<li><strong>${words.newDefault}</strong> ${code(newDefaultUri)}</li>`]),
    ...fields.map((field) => html`<li>${fieldItem(field, page)}</li>`),
  ]
  const mark = removedUris.length > 0 ? 'bad' : kind === 'leaves' ? 'warn' : 'good'
  return html`<details class="change" ${isOpen ? html` open` : ''}>
    <summary>
      <strong>${shown(name ?? entry)}</strong>
      <span class="tag ${mark}">${words.changeKinds[kind]}</span>
    </summary>
    <p class="quiet">${shown(pscName(change, page))}${placeDetails(change, page)}</p>
    ${note === null ? '' : html`<p>${note}</p>`}
    ${
      lines.length === 0
        ? ''
        : html`<ul class="uris">
            ${lines}
          </ul>`
    }
  </details>`
}

function placeDetails({ clientId, baseUrl, stack, environment }: Change, { words }: Page): Markup {
  const id = clientId === null ? words.notYetKnown : code(clientId)
  const address = environment === null && baseUrl !== null ? html` · ${code(baseUrl)}` : ''
  return html`${address} · ${words.columns.clientId}:
  ${id}${stack === null ? '' : html` · ${words.columns.stack}: ${shown(stack)}`}`
}

function fieldItem({ field, before, after }: FieldChange, { words, dates }: Page): Markup {
  const isSecret = field === 'clientSecret' || field === 'previousClientSecret'
  const value = (text: string | null) => {
    if (text === null) return words.none
    return isSecret && text === '***' ? words.hidden : shown(withDates(text, dates))
  }
  return html`<strong>${words.fields[field]}</strong>: ${value(before)} → ${value(after)}`
}

/** Writes the dates inside of a certificate's facts as the page does. */
function withDates(text: string, dates: Page['dates']): string {
  return text.replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)/g, (iso) => dates.day(iso))
}

/** Writes why a preview failed. */
export function refusalsSection(page: Page): Markup {
  return noticesSection('refusals', page.words.refusals, page.report.refusals, page)
}

export function warningsSection(page: Page): Markup {
  return noticesSection('warnings', page.words.warnings, page.report.warnings, page)
}

function noticesSection(id: string, title: string, notices: readonly Notice[], page: Page): Markup {
  const items = notices.map((notice) => html`<li>${noticeItem(notice, page)}</li>`)
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <ul class="items">
      ${items}
    </ul>
  </section>`
}

function noticeItem(notice: Notice, page: Page): Markup {
  const { severity, message, language, clients, code: own } = notice
  const text =
    message === null
      ? sentence(ownWords(notice, page))
      : foreign(message, page, language ?? undefined)
  const codeShown = message === null && own !== null ? html` ${code(`[${own}]`)}` : ''
  const about =
    clients.length === 0
      ? ''
      : html`<p class="quiet">${page.words.about}: ${nameList(clients, page)}</p>`
  return html`<p class="${severity === 'error' ? 'bad' : 'warn'}">${text}${codeShown}</p>
    ${about}`
}
