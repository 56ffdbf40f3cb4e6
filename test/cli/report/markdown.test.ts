import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { marked } from 'marked'
import { markdownReport } from '../../../cli/report/markdown.ts'
import type { Report } from '../../../cli/report/model.ts'
import {
  client,
  hostile,
  largeReport,
  preview,
  report,
  resource,
  result,
  state,
  step,
} from './support.ts'

const comment = (made: Report, language: 'en' | 'pt' = 'en') =>
  markdownReport(made, { language, timeZone: 'America/Sao_Paulo' })

/** The HTML that a forge makes of a comment, without what stands in code. */
function rendered(text: string): { html: string; withoutCode: string } {
  const html = marked.parse(text, { async: false, gfm: true })
  return { html, withoutCode: html.replace(/<(code|pre)\b[^>]*>.*?<\/\1>/gs, '') }
}

describe('the Markdown of a report', () => {
  it('The first line is a hidden marker with the stack, by which a pipeline finds its comment', () => {
    const text = comment(report({ state: [state(resource('portal', client()))] }))
    assert.equal(text.split('\n')[0], '<!-- pulumi-psc-report: producao -->')
  })

  it('No name of a stack ends the marker', () => {
    const portal = resource('portal', client(), {}, { stack: 'a --> @everyone' })
    const [first = ''] = comment(report({ state: [state(portal)] })).split('\n')
    assert.match(first, /^<!-- [\w:./ -]+ -->$/)
    assert.ok(!first.slice(4, -3).includes('--'))
  })

  it('The changes are a table with the redirect URIs that go and come', () => {
    const before = resource('portal', client())
    const after = resource('portal', client({ redirectUris: ['https://portal.exemplo.gov.br/x'] }))
    const { html } = rendered(
      comment(report({ preview: [preview([step('update', before, after)])] })),
    )
    const row = /<td>.*?<\/tr>/s.exec(html)?.[0] ?? ''
    for (const uri of [
      'https://portal.exemplo.gov.br/callback',
      'https://portal.exemplo.gov.br/x',
    ]) {
      assert.ok(row.includes(`<code>${uri}</code>`), row)
    }
    assert.match(row, /sign-ins that return there will fail/)
  })

  for (const name of [
    hostile,
    '`',
    '``` @everyone',
    'a | b | @everyone',
    '\\| @everyone \\',
    '@everyone` @everyone',
  ]) {
    it(`A name makes no link, mention, cell or HTML: ${JSON.stringify(name)}`, () => {
      const one = client({ name, clientId: name, email: name, clientSecret: { env: name } })
      const before = resource(name, one)
      const after = resource(name, client({ clientId: name, redirectUris: [name] }))
      const text = comment(
        report({
          state: [state(before)],
          preview: [
            preview(
              [step('update', before, after)],
              [
                { severity: 'error', message: `${name}\n\`\`\`\n${name}` },
                { severity: 'warning', message: `${name} [WARN_PSC_MOVED]`, urn: before.urn },
              ],
            ),
          ],
          verify: [{ results: [result({ clientId: name, result: name })] }],
        }),
      )
      const { html, withoutCode } = rendered(text)
      assert.doesNotMatch(withoutCode, /@everyone|<script|<img|<a\b|mal\.exemplo/)
      for (const [row] of html.matchAll(/<tr>.*?<\/tr>/gs)) {
        assert.ok([3, 5].includes([...row.matchAll(/<t[dh]>/g)].length), row)
      }
      assert.ok(!text.includes('\u202E'))
    })
  }

  it('A preview alone lists only what changes, so the report counts no clients', () => {
    const portal = resource('portal', client())
    const given = [preview([step('create', undefined, portal)])]
    assert.doesNotMatch(comment(report({ preview: given })), /1 client at 1 PSC/)
    assert.match(comment(report({ preview: given, state: [state()] })), /1 client at 1 PSC/)
  })

  it('A bar in a warning stays a bar: only a table escapes it', () => {
    const diagnostics = [{ severity: 'warning', message: 'a | b [WARN_PSC_MOVED]' }]
    assert.match(comment(report({ preview: [preview([], diagnostics)] })), /`a \| b \[/)
  })

  it('A comment of 1,000 clients has fewer than 60,000 characters and names what is left out', () => {
    for (const language of ['en', 'pt'] as const) {
      const text = comment(largeReport(1000), language)
      assert.ok(text.length < 60_000, String(text.length))
      assert.match(text, /\*\*[\d.,]+ (items are not shown here|itens não aparecem aqui)/)
      const count = (pattern: RegExp) => [...text.matchAll(pattern)].length
      assert.equal(count(/<details>/g), count(/<\/details>/g))
    }
  })

  it('A comment from which nothing is left out says nothing of it', () => {
    assert.doesNotMatch(comment(largeReport(10)), /not shown here/)
  })
})
