import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { startEmulator } from '../../emulator/index.ts'
import type { Emulator } from '../../emulator/index.ts'
import { authorizeUrl, exchangeFields } from '../emulator/sign-in.ts'
import { config, field, postForm } from '../emulator/support.ts'
import { launchBrowser } from './browser.ts'
import { colours, contrast } from './contrast.ts'

const callback = 'https://portal.exemplo.gov.br/callback'
const session = { scope: 'signature_session' }

describe('the page of /authorize, in a browser', () => {
  let browser: Browser
  let emulator: Emulator

  before(async () => {
    emulator = await startEmulator({ config })
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await emulator.close()
  })

  /** Opens the page, and fails if the browser complained about anything on it. */
  async function open(
    change: Record<string, string | undefined>,
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const context = await browser.newContext({ locale: 'pt-BR', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    try {
      await page.goto(authorizeUrl(emulator.baseUrls.neoid, change))
      await use(page)
    } finally {
      await context.close()
    }
    // A status of 4xx is no complaint about the page.
    const real = complaints.filter((text) => !text.startsWith('Failed to load resource'))
    assert.deepEqual(real, [])
  }

  /** Where the application is called back to when something is done on the page. */
  async function calledBack(page: Page, act: () => Promise<void>): Promise<URL> {
    const waiting = page.waitForRequest((request) => request.url().startsWith(callback))
    await act()
    return new URL((await waiting).url())
  }

  async function tokenFor(address: URL): Promise<unknown> {
    const code = address.searchParams.get('code') ?? ''
    return (await postForm(`${emulator.baseUrls.neoid}/token`, exchangeFields(code))).body
  }

  test('The page of /authorize has a Portuguese title, one heading and a label for every control', () =>
    open(session, async (page) => {
      assert.equal(await page.title(), 'Autorizar Portal do Cidadão')
      assert.equal(await page.locator('html').getAttribute('lang'), 'pt-BR')
      const headings = page.getByRole('heading')
      assert.deepEqual(await headings.allTextContents(), ['Autorizar Portal do Cidadão?'])
      const holders = page.getByRole('group', { name: 'Titular do certificado' })
      assert.equal(await holders.getByRole('radio').count(), 4)
      await holders.getByRole('radio', { name: 'Maria do Exemplo' }).waitFor()
      await page.getByRole('combobox', { name: /Pessoa Física/ }).waitFor()
      await page.getByRole('combobox', { name: /Pessoa Jurídica/ }).waitFor()
      for (const name of ['Autorizar', 'Recusar']) {
        assert.equal(await page.getByRole('button', { name, exact: true }).count(), 1)
      }
      assert.match((await page.textContent('main')) ?? '', /portal\.exemplo\.gov\.br/)
    }))

  test('A person signs in for the chosen period', () =>
    open(session, async (page) => {
      const address = await calledBack(page, async () => {
        await page.getByLabel(/Maria do Exemplo/).check()
        await page
          .getByLabel(/Pessoa Física/, { exact: false })
          .last()
          .selectOption('4 horas')
        await page.getByRole('button', { name: 'Autorizar' }).click()
      })
      assert.equal(address.searchParams.get('state'), 'x')
      const token = await tokenFor(address)
      assert.equal(field(token, 'expires_in'), 14_400)
      assert.equal(field(token, 'authorized_identification_type'), 'CPF')
    }))

  test('The page shows only the periods for the type of the chosen holder', () =>
    open(session, async (page) => {
      const options = async (): Promise<string[]> => {
        const visible = page.locator('select:visible')
        assert.equal(await visible.count(), 1)
        return visible.locator('option').allTextContents()
      }
      await page.getByLabel(/Maria do Exemplo/).check()
      assert.deepEqual(await options(), [
        '15 minutos',
        '1 hora',
        '4 horas',
        '8 horas',
        '1 dia',
        '3 dias',
        '7 dias',
      ])
      await page.getByLabel(/Exemplo Serviços/).check()
      assert.deepEqual(await options(), [
        '1 hora',
        '8 horas',
        '1 dia',
        '3 dias',
        '7 dias',
        '15 dias',
        '30 dias',
      ])
    }))

  test('The page asks for no period where the document fixes it', () =>
    open({ scope: 'authentication_session' }, async (page) => {
      assert.equal(await page.locator('select').count(), 0)
      assert.match((await page.textContent('main')) ?? '', /Confirmar a sua identidade/)
    }))

  test('The page works by keyboard alone and shows the focus', () =>
    open(session, async (page) => {
      const address = await calledBack(page, async () => {
        await page.keyboard.press('Tab')
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('ArrowDown')
        const outline = 'getComputedStyle(document.activeElement).outlineStyle'
        assert.equal(await page.evaluate(outline), 'solid')
        await page.keyboard.press('Tab')
        await page.keyboard.type('30')
        await page.keyboard.press('Tab')
        assert.equal(await page.evaluate(outline), 'solid')
        await page.keyboard.press('Enter')
      })
      const token = await tokenFor(address)
      assert.deepEqual(
        [field(token, 'authorized_identification'), field(token, 'expires_in')],
        ['11222333000181', 2_592_000],
      )
    }))

  test('The page works without JavaScript', () =>
    open(
      {},
      async (page) => {
        const address = await calledBack(page, async () => {
          await page.getByLabel(/Exemplo Serviços/).check()
          await page.getByRole('button', { name: 'Autorizar' }).click()
        })
        assert.equal(field(await tokenFor(address), 'authorized_identification_type'), 'CNPJ')
      },
      { javaScriptEnabled: false },
    ))

  test('A person can refuse without choosing a holder', () =>
    open({}, async (page) => {
      const address = await calledBack(page, () =>
        page.getByRole('button', { name: 'Recusar' }).click(),
      )
      assert.equal(address.searchParams.get('error'), 'access_denied')
    }))

  test('The browser sends no form without a chosen holder', () =>
    open({}, async (page) => {
      emulator.requests.clear()
      await page.getByRole('button', { name: 'Autorizar' }).click()
      const focused = await page.evaluate('document.activeElement.name')
      assert.equal(focused, 'holder')
      assert.deepEqual(emulator.requests.list({ method: 'POST' }), [])
    }))

  test('A screen reader gets the error of the page', () =>
    open({ redirect_uri: 'https://outro.exemplo.com/' }, async (page) => {
      const alert = await page.getByRole('alert').textContent()
      assert.match(alert ?? '', /redirect_uri informada não está cadastrada/)
    }))

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`The policy of the page allows its style, and its ${colorScheme} colours are readable`, () =>
      open(
        session,
        async (page) => {
          await page.getByLabel(/Maria do Exemplo/).check()
          const layout = 'getComputedStyle(document.body).display'
          assert.equal(await page.evaluate(layout), 'flex')
          for (const selector of [
            'h1',
            '.quiet',
            'small',
            'dt',
            'button.first',
            'legend',
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

  test('The page fits the narrowest telephone and text of twice the size', () =>
    open(
      session,
      async (page) => {
        const overflow = 'document.documentElement.scrollWidth - innerWidth'
        assert.ok(Number(await page.evaluate(overflow)) <= 0)
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert.ok(Number(await page.evaluate(overflow)) <= 0)
      },
      { viewport: { width: 320, height: 640 } },
    ))
})
