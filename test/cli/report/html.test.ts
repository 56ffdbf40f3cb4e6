import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { HtmlValidate } from 'html-validate'
import { htmlReport } from '../../../cli/report/html.ts'
import type { Language } from '../../../cli/language.ts'
import type { Report } from '../../../cli/report/model.ts'
import { client, hostile, largeReport, preview, report, resource, state, step } from './support.ts'

const timeZone = 'America/Sao_Paulo'
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // The page is written by templates: void elements end in a slash.
    'void-style': 'off',
  },
})

const page = (made: Report, language: Language = 'en') => htmlReport(made, { language, timeZone })

const hostileClient = client({
  name: hostile,
  email: hostile,
  comments: hostile,
  clientId: hostile,
})
const hostileReport = () =>
  report({
    state: [state(resource(hostile, hostileClient))],
    preview: [
      preview(
        [
          step(
            'update',
            resource(hostile, hostileClient),
            resource(hostile, client({ clientId: hostile, redirectUris: [hostile] })),
          ),
        ],
        [
          { severity: 'error', message: hostile },
          { severity: 'warning', message: `${hostile} [WARN_PSC_MOVED]` },
        ],
      ),
    ],
  })

async function problemsOf(text: string): Promise<string[]> {
  const { results } = await validator.validateString(text)
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId} ${message}`),
  )
}

describe('the HTML of a report', () => {
  for (const language of ['en', 'pt'] as const) {
    for (const [what, make] of [
      ['nothing', () => report({})],
      ['one client', () => report({ state: [state(resource('portal', client()))] })],
      ['hostile texts', hostileReport],
      ['100 clients', () => largeReport(100)],
    ] as const) {
      it(`A page of ${what} is valid and accessible HTML (${language})`, async () => {
        assert.deepEqual(await problemsOf(await page(make(), language)), [])
      })
    }
  }

  it('No text of a stranger is markup, turns the direction, or is a link', async () => {
    const text = await page(hostileReport())
    assert.ok(text.includes('&lt;script&gt;'))
    assert.doesNotMatch(text, /<script|<img|\u202E/)
    const addresses = [...text.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, to = '']) => to)
    assert.ok(addresses.length > 0)
    for (const to of addresses) assert.match(to, /^#[\w-]+$/)
  })

  it('The page requests nothing, and its policy forbids it', async () => {
    const text = await page(largeReport(10))
    const [, hash] =
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-([^']+)'/.exec(
        text,
      ) ?? []
    const [, css = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? []
    assert.ok(css.length > 1000)
    assert.equal(hash, createHash('sha256').update(css).digest('base64'))
    assert.doesNotMatch(text, /@import|url\(|<link|<iframe|srcset|\bon\w+=/)
  })

  it('A client that moves to another PSC stands twice, each with an id of its own', async () => {
    const before = resource('portal', client())
    const after = resource('portal', client({ psc: 'serproid' }))
    const made = report({
      state: [state(before)],
      preview: [
        preview([
          step('create-replacement', undefined, after),
          step('replace', before, after),
          step('delete-replaced', before, undefined),
        ]),
      ],
    })
    assert.equal(made.clients.length, 2)
    const text = await page(made)
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    assert.deepEqual(ids.toSorted(), [...new Set(ids)].toSorted())
  })

  it('Dates are those of the language and of the time zone, which is named', async () => {
    const made = report({
      state: [
        state(
          resource(
            'a',
            client({ certificate: { hosts: ['a'], notAfter: '2026-11-28T01:00:00Z' } }),
          ),
        ),
      ],
    })
    const [en, pt] = await Promise.all([page(made, 'en'), page(made, 'pt')])
    assert.ok(en.includes('<html lang="en">') && pt.includes('<html lang="pt-BR">'))
    // One in the morning of the 28th in UTC is the evening before in São Paulo.
    assert.ok(en.includes('>27 Nov 2026<') && pt.includes('>27/11/2026<'))
    for (const text of [en, pt]) assert.ok(text.includes(timeZone))
  })

  it('A reviewer reads first that sign-ins will fail, then what changes', async () => {
    const before = resource('portal', client())
    const after = resource('portal', client({ redirectUris: ['https://portal.exemplo.gov.br/x'] }))
    const text = await page(report({ preview: [preview([step('update', before, after)])] }))
    const first = text.indexOf('1 redirect URI will go')
    assert.ok(first > 0 && first < text.indexOf('https://portal.exemplo.gov.br/callback'))
  })

  it('A page of 1,000 clients has each client once, folded, and a figure for each PSC', async () => {
    const text = await page(largeReport(1000))
    const inventory = text.slice(text.indexOf('id="inventory"'))
    assert.equal([...inventory.matchAll(/<summary>\s*<strong>/g)].length, 1000)
    assert.doesNotMatch(inventory, /<details[^>]*\bopen/)
    assert.match(
      text,
      /neoid[^<]*<\/bdi><\/a><\/th>(?:\s*<td class="number">\d+<\/td>)*\s*<td class="number">666<\/td>/,
    )
    assert.ok(text.length < 4_000_000, String(text.length))
  })
})
