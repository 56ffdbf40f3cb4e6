import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { htmlReport } from '../../cli/report/html.ts'
import type { Report } from '../../cli/report/model.ts'
import { client, hostile, largeReport, report, resource, state } from '../cli/report/support.ts'
import { launchBrowser } from './browser.ts'
import { colours, contrast } from './contrast.ts'

const style = { language: 'pt', timeZone: 'America/Sao_Paulo' } as const

const long = 'https://portal.exemplo.gov.br/' + 'muito'.repeat(100)
const oddReport = () =>
  report({
    state: [
      state(
        resource(hostile, client({ name: `${hostile}${'x'.repeat(400)}`, redirectUris: [long] })),
      ),
    ],
  })

describe('the page of a report, in a browser', () => {
  let browser: Browser

  before(async () => {
    browser = await launchBrowser()
  })

  after(() => browser.close())

  /** Opens a report, and fails if the browser complained, asked for anything or ran a script. */
  async function open(
    made: Report,
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('dialog', (dialog) => {
      complaints.push('a dialog')
      void dialog.dismiss()
    })
    page.on('request', (request) => complaints.push(request.url()))
    try {
      await page.setContent(await htmlReport(made, style))
      await use(page)
    } finally {
      await context.close()
    }
    assert.deepEqual(complaints, [])
  }

  test('A screen reader gets one title, the landmarks, the headings and the tables with their names', () =>
    open(largeReport(60), async (page) => {
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
      for (const role of ['banner', 'main', 'navigation', 'contentinfo'] as const) {
        assert.equal(await page.getByRole(role).count(), 1, role)
      }
      for (const name of ['O que esta mudança faz', 'Mudanças', 'Avisos', 'Inventário']) {
        assert.equal(await page.getByRole('region', { name, exact: true }).count(), 1, name)
      }
      const table = page.getByRole('table', { name: 'Certificados por vencimento' })
      assert.equal(await table.getByRole('columnheader').count(), 3)
      assert.equal(await table.getByRole('rowheader').count(), 50)
      const lines = table.getByRole('img')
      assert.match((await lines.first().getAttribute('aria-label')) ?? '', /^venceu há 100 dias$/)
    }))

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`The ${colorScheme} colours of the page are readable`, () =>
      open(
        largeReport(60),
        async (page) => {
          const back = await page.evaluate('getComputedStyle(document.body).backgroundColor')
          assert.equal(back, colorScheme === 'dark' ? 'rgb(21, 23, 26)' : 'rgb(255, 255, 255)')
          for (const selector of [
            'h1',
            'main a',
            '.quiet',
            '.facts .bad',
            '.facts .warn',
            'li.good',
            '.tag.bad',
            'td code',
            'thead th',
            'footer',
          ]) {
            const pair = await page.evaluate(`(${colours})(document.querySelector('${selector}'))`)
            const ratio = contrast(pair as string[])
            // WCAG 2.2, success criterion 1.4.3
            assert.ok(ratio >= 4.5, `${selector}: ${ratio.toFixed(2)}`)
          }
        },
        { colorScheme },
      ))
  }

  for (const [what, make] of [
    ['many clients', () => largeReport(60)],
    ['very long words', oddReport],
  ] as const) {
    test(`A page of ${what} fits a telephone of 360 pixels, also with everything unfolded`, () =>
      open(
        make(),
        async (page) => {
          await page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true",
          )
          const overflow = 'document.documentElement.scrollWidth - innerWidth'
          assert.ok(Number(await page.evaluate(overflow)) <= 0)
        },
        { viewport: { width: 360, height: 700 } },
      ))
  }

  test('Paper shows what is folded on a screen, and no table of contents', () =>
    open(largeReport(60), async (page) => {
      const look = "document.querySelector('details:not([open]) dd').checkVisibility()"
      const isShown = () => page.evaluate(look)
      assert.equal(await isShown(), false)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await isShown(), true)
      assert.equal(await page.getByRole('navigation').count(), 0)
      const pdf = await page.pdf({ format: 'A4' })
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    }))

  test('On paper, no small text and no table is larger than the text around it', () =>
    open(largeReport(60), async (page) => {
      await page.emulateMedia({ media: 'print' })
      const sizeOf = async (selector: string) =>
        parseFloat(
          String(
            await page.evaluate(`getComputedStyle(document.querySelector('${selector}')).fontSize`),
          ),
        )
      const body = await sizeOf('body')
      for (const small of ['.quiet', 'td', '.tag', 'footer', 'td code']) {
        assert.ok((await sizeOf(small)) <= body, small)
      }
    }))

  test('The heading of a group stays on the page of its first client', () =>
    open(largeReport(60), async (page) => {
      await page.emulateMedia({ media: 'print' })
      for (const selector of ['#psc0', '#psc0 + .quiet']) {
        const rule = `getComputedStyle(document.querySelector('${selector}')).breakAfter`
        assert.equal(await page.evaluate(rule), 'avoid', selector)
      }
    }))

  test('On a telephone, no head of a column breaks inside of a word', () =>
    open(
      largeReport(60),
      async (page) => {
        const broken =
          await page.evaluate(`[...document.querySelectorAll('thead th')].flatMap((head) => {
          const text = head.firstChild
          return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
            const range = document.createRange()
            range.setStart(text, index)
            range.setEnd(text, index + word.length)
            return range.getClientRects().length > 1
          }).map(([word]) => word)
        })`)
        assert.deepEqual(broken, [])
      },
      { viewport: { width: 320, height: 700 } },
    ))

  test('A keyboard reaches the report by the first key, and unfolds a client', () =>
    open(largeReport(60), async (page) => {
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate('document.activeElement.getAttribute("href")'), '#main')
      const first = page.locator('#psc0 ~ ul details').first()
      await first.locator('summary').focus()
      await page.keyboard.press('Enter')
      assert.equal(await first.locator('dl').isVisible(), true)
    }))

  test('A link to a client unfolds it', () =>
    open(largeReport(60), async (page) => {
      const link = page
        .getByRole('table', { name: /Certificados/ })
        .getByRole('link')
        .first()
      const target = (await link.getAttribute('href')) ?? ''
      await link.click()
      assert.equal(await page.locator(`${target} dl`).isVisible(), true)
    }))
})
