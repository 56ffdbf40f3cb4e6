import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { locales } from '../language.ts'
import { css } from './css.ts'
import type { Style } from './dates.ts'
import { changesSection, refusalsSection, warningsSection } from './html-changes.ts'
import { groupAnchor, inventorySection } from './html-inventory.ts'
import { code, createPage, type Markup, type Page, pscName, shown } from './html-parts.ts'
import { hasPreview, type Report } from './model.ts'
import { overviewOf } from './overview.ts'
import { groupClients, summarize } from './summary.ts'

/**
 * Writes one page without a script, which requests nothing. Its policy has a browser refuse both, also if a text of a
 * stranger were not escaped.
 */
export async function htmlReport(report: Report, style: Style): Promise<string> {
  const page = createPage(report, style)
  const { words } = page
  const language = style.language === 'en' ? 'en' : locales.pt
  const hash = createHash('sha256').update(css).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const markup = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${words.title}</title>
        <style></style>
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        ${header(page)}
        <main id="main">
          ${overview(page)} ${contents(page)}
          ${report.refusals.length === 0 ? '' : refusalsSection(page)}
          ${report.changes.length === 0 ? '' : changesSection(page)}
          ${report.warnings.length === 0 ? '' : warningsSection(page)}
          ${report.clients.length + report.credentials.length === 0 ? '' : inventorySection(page)}
        </main>
        <footer>${words.footer}</footer>
      </body>
    </html> `
  const text = String(await markup)
  // Templates leave their own indentation behind.
  const tidy = `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim()}\n`
  // The policy names the style byte by byte.
  return tidy.replace('<style></style>', () => `<style>${css}</style>`)
}

function header({ report, words, dates, style }: Page): Markup {
  const { stacks, generated, sources } = report
  const made = words.generated(dates.moment(generated), style.timeZone)
  return html`<header>
    <h1>${words.title}</h1>
    ${stacks.length === 0 ? '' : html`<p>${words.ofStacks('')}${stacks.map((stack, index) => html`${index === 0 ? '' : ', '}${shown(stack)}`)}</p>`}
    <p class="quiet">${made}</p>
    <p class="quiet">
      ${words.sources}:
      ${sources.map(({ kind, file }, index) => html`${index === 0 ? '' : ', '}${words.sourceKinds[kind]} ${code(file)}`)}
    </p>
  </header>`
}

/** Writes what a reviewer, an auditor and an operator ask first. */
function overview(page: Page): Markup {
  const facts = overviewOf(page.report, page)
  const title = hasPreview(page.report) ? page.words.willChange : page.words.overview
  return html`<section aria-labelledby="overview">
    <h2 id="overview">${title}</h2>
    <ul class="facts">
      ${facts.map(({ mark, text }) => html`<li class="${mark}">${text}</li>`)}
    </ul>
  </section>`
}

function contents(page: Page): Markup {
  const { report, words } = page
  const { refusals, changes, warnings, clients } = report
  const { certificates } = summarize(report)
  const sections = [
    ...(refusals.length > 0 ? [['refusals', words.refusals, refusals.length] as const] : []),
    ...(changes.length > 0 ? [['changes', words.changes, changes.length] as const] : []),
    ...(warnings.length > 0 ? [['warnings', words.warnings, warnings.length] as const] : []),
    ...(clients.length > 0 ? [['inventory', words.inventory, clients.length] as const] : []),
    ...(certificates > 0 ? [['certificates', words.certificates, certificates] as const] : []),
    ...groupClients(clients).map(
      (group, index) => [groupAnchor(index), pscName(group, page), group.clients.length] as const,
    ),
  ]
  const links = sections.map(
    ([id, title, count]) => html`<li><a href="#${id}">${shown(title)}</a> (${count})</li>`,
  )
  return sections.length < 2
    ? html``
    : html`<nav aria-label="${words.contents}">
        <ul>
          ${links}
        </ul>
      </nav>`
}
