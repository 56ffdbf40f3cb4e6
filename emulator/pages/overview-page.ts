import type { Context } from 'hono'
import { html } from 'hono/html'
import { languageDetector } from 'hono/language'
import type { RecordedRequest } from '../control/request-log.ts'
import type { PendingFault } from '../faults/queue.ts'
import type { RegisteredClient } from '../psc/clients.ts'
import { pscNames } from '../pscs.ts'
import type { EmulatorState } from '../state.ts'
import { type Language, type Texts, texts } from './overview-texts.ts'
import { type Html, page } from './page.ts'

/** Describes an emulator on its own page. */
export interface About {
  /** The environment that it plays. */
  readonly title?: string
  /** Lists the pages of the emulators that were started with it. */
  readonly others?: () => readonly { readonly title: string; readonly url: string }[]
}

/** Finds the language of the reader: `?lang=`, or else `Accept-Language`, or else English. */
export const language = languageDetector({
  order: ['querystring', 'header'],
  supportedLanguages: ['pt', 'en'],
  fallbackLanguage: 'en',
  caches: false,
})

/** The number of requests on the page. */
const mostRequests = 100

/**
 * Shows what is registered, which faults are scripted and what was asked. Shows no secret: the state holds digests, the
 * request log is redacted, and the bodies of faults are left out.
 */
export function overviewPage(
  c: Context,
  state: EmulatorState,
  { title, others = () => [] }: About,
): Response | Promise<Response> {
  const lang = c.get('language') as Language
  const t = texts[lang]
  const heading = title === undefined ? t.title : `${t.title}: ${title}`
  const other: Language = lang === 'pt' ? 'en' : 'pt'
  const content = html`<nav>
      <a href="?lang=${other}" lang="${texts[other].lang}" hreflang="${texts[other].lang}"
        >${t.other}</a
      >
      ${linksTo(others(), t)}
    </nav>
    <h1>${heading}</h1>
    ${clients(state, t)} ${faults(state.faults.list(), t)} ${requests(state.requests.list(), t)}`
  const options = { lang: t.lang as 'pt-BR' | 'en', footer: t.footer, wide: true }
  c.header('Vary', 'Accept-Language')
  return page(c, 200, heading, content, undefined, options)
}

function linksTo(others: ReturnType<NonNullable<About['others']>>, { pages }: Texts): Html | '' {
  if (others.length === 0) return ''
  return html`<span class="quiet">${pages}:</span>
    ${others.map(({ title, url }) => html`<a href="${url}">${title}</a> `)}`
}

function clients({ pscs, motorRce }: EmulatorState, t: Texts): Html {
  const used = pscNames.filter((name) => pscs[name].clients.list().length > 0)
  const unused = pscNames.filter((name) => !used.includes(name))
  return html`<h2>${t.clients}</h2>
    ${used.length + motorRce.length === 0 ? html`<p>${t.none}</p>` : ''}
    ${used.map((name) =>
      table(
        `${name} ${pscs[name].behaviour.basePath}`,
        [t.name, t.clientId, t.redirectUris, t.certificate, t.changes, t.state],
        pscs[name].clients.list().map((client) => clientRow(client, t)),
      ),
    )}
    ${
      motorRce.length === 0
        ? ''
        : table(
            'motor-rce',
            [t.clientId],
            motorRce.map((id) => [id]),
          )
    }
    <p class="quiet">${unused.length === 0 ? '' : `${t.empty} ${unused.join(', ')}`}</p>`
}

function clientRow(client: RegisteredClient, t: Texts): Cell[] {
  const { name, clientId, redirectUris, certificate, revision, disabled } = client
  return [
    name,
    html`<code>${clientId}</code>`,
    list(redirectUris),
    list(certificate?.hosts ?? []),
    revision,
    disabled ? html`<span class="failed">${t.disabled}</span>` : t.enabled,
  ]
}

function faults(pending: readonly PendingFault[], t: Texts): Html {
  const rows = pending.map(
    ({ id, kind, operation, psc, clientId, times, skip, struck, ...rest }) => {
      const what = 'code' in rest ? rest.code : 'status' in rest ? rest.status : ''
      const aim = [psc, operation === '*' ? undefined : operation, clientId].filter(Boolean)
      return [
        id,
        `${kind} ${what}`,
        aim.length === 0 ? t.any : aim.join(', '),
        `${struck} / ${times === 'always' ? t.always : times}`,
        skip,
      ]
    },
  )
  return html`<h2>${t.faults}</h2>
    ${
      rows.length === 0
        ? html`<p>${t.noFaults}</p>`
        : table(t.faults, [t.fault, t.kind, t.aim, t.struck, t.skip], rows, false)
    }`
}

function requests(all: readonly RecordedRequest[], t: Texts): Html {
  const shown = all.slice(-mostRequests).reverse()
  const rows = shown.map(({ at, method, path, status, fault, psc, clientId, query, body }) => {
    const contents = JSON.stringify({ query, body }, undefined, 2)
    return [
      at.slice(11, 19),
      html`<code>${method} ${path}</code>
        <details>
          <summary>${t.details}</summary>
          <pre>${contents}</pre>
        </details>`,
      [psc, clientId].filter(Boolean).join(', '),
      html`<span class="${status !== null && status < 400 ? '' : 'failed'}"
          >${status ?? t.noAnswer}</span
        >${fault === undefined ? '' : ` (${t.fault.toLowerCase()} ${fault})`}`,
    ]
  })
  return html`<h2>${t.requests}</h2>
    ${
      rows.length === 0
        ? html`<p>${t.noRequests}</p>`
        : html`<p class="quiet">${t.newest(shown.length, all.length)}</p>
            ${table(t.requests, [t.time, t.request, t.clientId, t.status], rows, false)}`
    }`
}

type Cell = Html | string | number

function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  hasCaption = true,
): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      ${
        hasCaption
          ? html`<caption>
              ${label}
            </caption>`
          : ''
      }
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function list(texts: readonly string[]): Html | string {
  if (texts.length === 0) return '—'
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`
}
