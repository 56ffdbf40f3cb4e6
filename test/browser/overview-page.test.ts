import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { agenda, config, portal, postForm, tokenFields } from '../emulator/support.ts'
import { launchBrowser } from './browser.ts'

describe("the emulator's own page, in a browser", () => {
  let browser: Browser
  let emulator: Emulator

  before(async () => {
    browser = await launchBrowser()
  })

  after(() => browser.close())

  beforeEach(async () => {
    const others = () => [{ title: 'produção', url: 'http://127.0.0.1:9/' }]
    emulator = await startEmulator({ config, about: { title: 'homologação', others } })
  })

  /** Opens the page, and fails if the browser complained about anything on it. */
  async function open(
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
    path = '/',
  ): Promise<void> {
    const context = await browser.newContext({ locale: 'pt-BR', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    try {
      await page.goto(emulator.url + path)
      await use(page)
    } finally {
      await context.close()
      await emulator.close()
    }
    assert.deepEqual(complaints, [])
  }

  const titles = async (page: Page) => [
    await page.locator('html').getAttribute('lang'),
    ...(await page.getByRole('heading').allTextContents()),
  ]

  const portuguese = [
    'pt-BR',
    'Emulador de PSCs: homologação',
    'Clientes cadastrados',
    'Falhas programadas',
    'Requisições recebidas',
  ]
  const english = [
    'en',
    'PSC emulator: homologação',
    'Registered clients',
    'Scripted faults',
    'Requests so far',
  ]

  for (const [locale, expected] of [
    ['pt-BR', portuguese],
    ['pt-PT', portuguese],
    ['en-US', english],
    ['de', english],
  ] as const) {
    test(`A browser in ${locale} gets the page in the language ${expected[0]}`, () =>
      open(
        async (page) => {
          assert.deepEqual(await titles(page), expected)
        },
        { locale },
      ))
  }

  test('A link on the page switches between the languages', () =>
    open(async (page) => {
      await page.getByRole('link', { name: 'English' }).click()
      assert.deepEqual(await titles(page), english)
      await page.getByRole('link', { name: 'Português' }).click()
      assert.deepEqual(await titles(page), portuguese)
    }))

  test('The page shows each client with its redirect URIs, certificate and state', () => {
    emulator.change('neoid', 'agenda', { disabled: true })
    return open(async (page) => {
      const neoid = page.getByRole('region', { name: 'neoid /psc/v0/oauth' })
      const cells = await neoid.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
      assert.deepEqual(cells, [
        'Portal do Cidadão',
        'portal',
        'https://portal.exemplo.gov.br/callback\nhttps://portal.exemplo.gov.br/outro',
        'portal.exemplo.gov.br\n*.servicos.exemplo.gov.br',
        '0',
        'ativo',
      ])
      assert.match((await neoid.getByRole('row').nth(2).textContent()) ?? '', /desativado/)
      await page.getByRole('region', { name: 'motor-rce' }).waitFor()
    })
  })

  test('The page shows the scripted faults without their bodies', () => {
    const body = { access_token: 'token-of-a-fault' }
    emulator.faults.add({ kind: 'answer', status: 503, operation: 'clientToken', times: 2, body })
    emulator.faults.add({ kind: 'error', code: 'FALHA_MANUTENCAO_APLICACAO', times: 'always' })
    return open(async (page) => {
      const faults = page.getByRole('region', { name: 'Falhas programadas' })
      const rows = await faults.getByRole('row').allInnerTexts()
      assert.match(rows[1] ?? '', /answer 503\s+clientToken\s+0 \/ 2/)
      assert.match(rows[2] ?? '', /error FALHA_MANUTENCAO_APLICACAO\s+qualquer.*\s+0 \/ sempre/)
      assert.doesNotMatch(await page.content(), /token-of-a-fault/)
    })
  })

  test('The page shows the requests, the newest first, and no secret and no token', async () => {
    const url = `${emulator.baseUrls.neoid}/client_token`
    await postForm(url, tokenFields(portal))
    const { body } = await postForm(url, tokenFields(agenda))
    await postForm(url, { ...tokenFields(portal), client_secret: 'a-wrong-one' })
    await open(async (page) => {
      const rows = page.getByRole('region', { name: 'Requisições recebidas' }).getByRole('row')
      assert.match(await rows.nth(1).innerText(), /POST.*client_token[^]*portal\s+401/)
      assert.match(await rows.nth(2).innerText(), /neoid, agenda\s+200/)
      await rows.nth(1).getByText('conteúdo').click()
      await rows.nth(1).getByText('"client_secret": "<redacted>"').waitFor()
      const shown = await page.content()
      const { access_token: token } = body as { access_token: string }
      for (const secret of [portal.secret, agenda.secret, 'a-wrong-one', token]) {
        assert.ok(!shown.includes(secret), secret)
      }
    })
  })

  test('The page itself is no request to a PSC', () =>
    open(async (page) => {
      await page.reload()
      assert.deepEqual(emulator.requests.list(), [])
      await page.getByText('Nenhuma requisição ainda.').waitFor()
    }))

  test('The page links the emulators of the other environments', () =>
    open(async (page) => {
      const link = page.getByRole('link', { name: 'produção' })
      assert.equal(await link.getAttribute('href'), 'http://127.0.0.1:9/')
    }))

  test('The name of a client cannot add an element to the page', () => {
    emulator.change('neoid', 'portal', { name: '<img src=x onerror=alert(1)>' })
    return open(async (page) => {
      assert.equal(await page.locator('img').count(), 0)
      await page.getByText('<img src=x onerror=alert(1)>').waitFor()
    })
  })

  test('The page fits the narrowest telephone and text of twice the size', () =>
    open(
      async (page) => {
        const overflow = 'document.documentElement.scrollWidth - innerWidth'
        assert.ok(Number(await page.evaluate(overflow)) <= 0)
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert.ok(Number(await page.evaluate(overflow)) <= 0)
      },
      { viewport: { width: 320, height: 640 } },
    ))
})
