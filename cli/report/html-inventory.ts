import { html } from 'hono/html'
import { resultWord } from './wording.ts'
import {
  code,
  columnHead,
  foreign,
  type Markup,
  nameList,
  type Page,
  pscName,
  shown,
  table,
  terms,
} from './html-parts.ts'
import type { Applied, Client, SecretPlace, Verified } from './model.ts'
import { secretText } from './properties.ts'
import { type CertificateUse, type Group, groupClients, listCertificates } from './summary.ts'

const statuses = ['new', 'changed', 'leaves', 'applied', 'declared'] as const

/** Writes the inventory: figures by PSC, certificates by their end, and every client. */
export function inventorySection(page: Page): Markup {
  const { words, report } = page
  const groups = groupClients(report.clients)
  const certificates = listCertificates(report)
  return html`<section aria-labelledby="inventory">
    <h2 id="inventory">${words.inventory}</h2>
    ${pscTable(groups, page)}
    ${certificates.length === 0 ? '' : certificateTable(certificates, page)}
    ${groups.map((group, index) => groupSection(group, index, page))}
    ${report.credentials.length === 0 ? '' : credentialTable(page)}
  </section>`
}

/** Returns the anchor of a group of clients. */
export function groupAnchor(index: number): string {
  return `psc${index}`
}

function pscTable(groups: readonly Group[], page: Page): Markup {
  const { words, report } = page
  const used = statuses.filter((status) => report.clients.some((one) => one.status === status))
  const cells = (clients: readonly Client[]) => [
    ...used.map((status) => clients.filter((one) => one.status === status).length),
    clients.length,
  ]
  const row = (title: Markup | string, clients: readonly Client[]) =>
    html`<tr>
      <th scope="row">${title}</th>
      ${cells(clients).map((n) => html`<td class="number">${n}</td>`)}
    </tr>`
  const heads = [...used.map((status) => words.statuses[status]), words.total]
  const link = (group: Group, index: number) =>
    html`<a href="#${groupAnchor(index)}">${shown(pscName(group, page))}</a>`
  return table(
    words.byPsc,
    [
      columnHead(words.columns.psc),
      ...heads.map((head) => html`<th scope="col" class="number">${head}</th>`),
    ],
    [
      ...groups.map((group, index) => row(link(group, index), group.clients)),
      ...(groups.length > 1 ? [row(words.total, report.clients)] : []),
    ],
  )
}

function certificateTable(certificates: readonly CertificateUse[], page: Page): Markup {
  const { words } = page
  const rows = certificates.map(
    (use) =>
      html`<tr>
        <th scope="row">${timeLine(use, page)}</th>
        <td>${use.hosts.map((host) => html`${code(host)} `)}</td>
        <td>${nameList(use.clients, page)}</td>
      </tr>`,
  )
  const heads = [words.ends, words.hosts, words.usedBy]
  return table(words.certificates, heads.map(columnHead), rows, 'certificates')
}

/** The length of a line of time: certificates of ICP-Brasil for servers live up to a year. */
const lineDays = 365

/** Writes the end of a certificate with a line of time. An image prints, where a background does not. */
function timeLine({ notAfter, daysLeft, state }: CertificateUse, { words, dates }: Page): Markup {
  const mark = { valid: 'good', ends: 'warn', expired: 'bad', unknown: 'quiet' }[state]
  if (notAfter === null || daysLeft === null)
    return html`<span class="${mark}">${words.unknown}</span>`
  const left = words.daysLeft(daysLeft)
  const width = Math.max(1, Math.min(100, Math.round((daysLeft / lineDays) * 100)))
  return html`<time datetime="${notAfter}">${dates.day(notAfter)}</time>
    <svg
      class="line ${mark}"
      role="img"
      aria-label="${left}"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
    >
      <rect class="rest" width="100" height="6"></rect>
      <rect class="left" width="${width}" height="6"></rect>
    </svg>
    <span class="${mark}">${words.certificateStates[state]}</span>
    <span class="quiet" aria-hidden="true">${left}</span>`
}

/** The number of clients up to which each is unfolded. */
const mostOpen = 3

function groupSection(group: Group, index: number, page: Page): Markup {
  const { words, report } = page
  const isOpen = report.clients.length <= mostOpen
  const address =
    group.baseUrl === null
      ? ''
      : html`<p class="quiet">${words.columns.baseUrl}: ${code(group.baseUrl)}</p>`
  const id = groupAnchor(index)
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">${shown(pscName(group, page))} (${group.clients.length})</h3>
    ${address}
    <ul class="items">
      ${group.clients.map((client) => html`<li>${clientItem(client, isOpen, page)}</li>`)}
    </ul>
  </section>`
}

function clientItem(client: Client, isOpen: boolean, page: Page): Markup {
  const { words, anchorOf, dates } = page
  const { columns } = words
  const { certificate, clientId, stack, comments, email, status, verified } = client
  const end = certificate?.notAfter ?? null
  const list = (uris: readonly string[]) =>
    html`<ul>
      ${uris.map((uri) => html`<li>${code(uri)}</li>`)}
    </ul>`
  const failed =
    verified?.result === 'failed' ? html` <span class="tag bad">${words.results.failed}</span>` : ''
  return html`<details${isOpen ? html` open` : ''}>
      <summary><strong>${shown(client.name ?? client.entry)}</strong> ${clientId === null ? '' : code(clientId)} <span class="tag">${words.statuses[status]}</span>${failed}</summary>
      <div id="${anchorOf(client) ?? ''}">${terms([
        [columns.clientId, clientId === null ? words.notYetKnown : code(clientId)],
        [columns.entry, shown(client.entry)],
        [columns.stack, stack === null ? null : shown(stack)],
        [columns.email, email === null ? words.unknown : shown(email)],
        [columns.comments, comments === null ? null : shown(comments)],
        [
          columns.redirectUris,
          client.redirectUris.length === 0 ? words.none : list(client.redirectUris),
        ],
        [
          columns.certificateHosts,
          certificate === null ? words.noCertificate : list(certificate.hosts),
        ],
        [columns.certificateEnd, end === null ? null : dates.day(end)],
        [
          columns.certificateFingerprint,
          certificate?.fingerprint256 ? code(certificate.fingerprint256) : null,
        ],
        [columns.secret, secretMarkup(client.secret, page)],
        [columns.appliedAt, appliedMarkup(client.applied, page)],
        [columns.echo, client.applied === null ? null : words.echoes[client.applied.echo]],
        [columns.verifiedAt, verifiedMarkup(verified, page)],
      ])}</div>
    </details>`
}

function secretMarkup(secret: SecretPlace | null, { words }: Page): Markup | string {
  if (secret === null) return words.unknown
  const text = secretText(secret)
  return text === null ? words.inlineSecret : code(text)
}

function appliedMarkup(applied: Applied | null, { words, dates }: Page): Markup | string {
  if (applied === null) return words.notApplied
  const at =
    applied.at === null
      ? words.unknown
      : html`<time datetime="${applied.at}">${dates.moment(applied.at)}</time>`
  return applied.isSettled ? at : html`${at} <span class="tag warn">${words.unsettled}</span>`
}

function verifiedMarkup(verified: Verified | null, page: Page): Markup | string {
  const { words, dates } = page
  if (verified === null) return words.neverVerified
  const { at, lastOk, message, result } = verified
  const when = at === null ? '' : html`<time datetime="${at}">${dates.moment(at)}</time>: `
  const mark = result === 'ok' ? 'good' : result === 'failed' ? 'bad' : 'quiet'
  return html`${when}<span class="${mark}">${resultWord(words.results, verified)}</span
    >${lastOk === null ? '' : ` (${words.lastOk(dates.moment(lastOk))})`}${message === null ? '' : html`<br />${foreign(message, page)}`}`
}

function credentialTable(page: Page): Markup {
  const { words, report } = page
  const heads = [
    words.columns.entry,
    words.issuer,
    words.columns.clientId,
    words.columns.secret,
    words.columns.verifiedAt,
  ]
  const rows = report.credentials.map(
    ({ entry, issuer, clientId, secret, verified }) =>
      html`<tr>
        <th scope="row">${shown(entry)}</th>
        <td>${code(issuer)}</td>
        <td>${clientId === null ? words.unknown : code(clientId)}</td>
        <td>${secretMarkup(secret, page)}</td>
        <td>${verifiedMarkup(verified, page)}</td>
      </tr>`,
  )
  return table(words.credentials, heads.map(columnHead), rows, 'credentials')
}
