import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { repeatsSecret, safeText, safeWords } from '../../provider/psc/redact.ts'

const esc = '\u001b'

const hidden = '[hidden: repeats a secret]'

describe("a server's words are shown", () => {
  const cases: Readonly<Record<string, readonly [sent: string, shown: string]>> = {
    'as they are in Portuguese': ['Não foi possível: “…”', 'Não foi possível: “…”'],
    'without colours': [`${esc}[31mfalha${esc}[0m`, 'falha'],
    'without what clears a screen': [`a${esc}[2J${esc}[Hb`, 'ab'],
    'without what sets a title': [`${esc}]0;título\u0007depois`, 'depois'],
    'without a link that a terminal would follow': [
      `${esc}]8;;https://mal.exemplo.com${esc}\\aqui${esc}]8;;${esc}\\`,
      'aqui',
    ],
    'without the eight-bit forms of all that': ['\u009b31mfalha', 'falha'],
    'without a lone escape': [`a${esc}`, 'a'],
    'on one line': [
      'um\r\ndois\n\ntrês\u2028quatro\u2029cinco\u0085seis',
      'um dois três quatro cinco seis',
    ],
    'without what turns the direction of reading': ['a\u202eb\u2066c', 'abc'],
    'without what cannot be seen': ['a\u200bb\ufeffc\u00add', 'abcd'],
    'without bells, zeros and backspaces': ['a\u0007b\u0000c\bd\u007fe', 'abcde'],
    "without what Pulumi's messages are coloured with": [
      '<{%fg 1%}>falha<\u200b{%reset%}>',
      '< {%fg 1%}>falha< {%reset%}>',
    ],
    'without what an agent of Azure Pipelines would take for a command': [
      'falha ##vso[task.setvariable variable=x]y #\u200b#[error]z ###[group]',
      'falha # #vso[task.setvariable variable=x]y # #[error]z # # #[group]',
    ],
    'without what a runner of GitHub would take for a command': [
      '::error::falha\u003a\u200b:',
      ': :error: :falha: :',
    ],
    'without half characters': ['a\ud800b', 'ab'],
    'without space around them': ['  a  ', 'a'],
  }
  for (const [name, [sent, shown]] of Object.entries(cases)) {
    it(`The words of a server are shown ${name}`, () => {
      assert.equal(safeText(sent), shown)
    })
  }

  it('At most 300 characters of the words of a server are shown', () => {
    assert.equal(safeText('x'.repeat(1_000_000)), `${'x'.repeat(300)}…`)
  })
})

describe('a long secret of one word in them', () => {
  const random = (seed: number, length: number) =>
    createHash('sha512').update(String(seed)).digest('base64url').repeat(9).slice(0, length)
  const jws = `${random(1, 200)}.${random(2, 400)}.${random(3, 340)}`
  const pieces: Readonly<Record<string, string>> = {
    'its end': jws.slice(-340),
    'its beginning': jws.slice(0, 250),
    'a piece of its middle': jws.slice(180, 210),
    'itself, cut in two': `${jws.slice(0, 500)} ${jws.slice(500)}`,
  }
  for (const [name, piece] of Object.entries(pieces)) {
    it(`A piece of a long secret hides the words: ${name}`, () => {
      assert.equal(safeText(`antes ${piece} depois`, [jws]), hidden)
    })
  }

  it('Neither a short likeness of a secret nor a sentence of the request hides the words', () => {
    const like = `antes ${jws.slice(0, 12)} depois`
    assert.equal(safeText(like, [jws]), like)
    const words = 'URI inválida: https://portal.exemplo.gov.br/callback'
    assert.equal(safeText(words, [`{"redirect_uris":["${words.slice(14)}"]}`]), words)
  })
})

describe('a secret in them', () => {
  it('A word that differs from the secret in its case hides nothing', () => {
    assert.equal(safeText('Portal', ['portal']), 'Portal')
  })

  const secret = 'não é/um+segredo?~'
  const percent = 'n%C3%A3o%20%C3%A9%2Fum%2Bsegredo%3F~'
  const forms = {
    plain: secret,
    'in another case': 'NãO é/UM+Segredo?~',
    'percent-encoded': percent,
    'percent-encoded in lower case': percent.toLowerCase(),
    'percent-encoded in both cases': percent.replace('%2F', '%2f'),
    'as a form has it': 'n%C3%A3o+%C3%A9%2Fum%2Bsegredo%3F%7E',
    'in base64': 'bsOjbyDDqS91bStzZWdyZWRvP34=',
    'in base64url': 'bsOjbyDDqS91bStzZWdyZWRvP34',
    'in base64, with something after it': Buffer.from(`${secret}xx`)
      .toString('base64')
      .slice(0, 26),
    'between colours': `não é/um${esc}[1m+segredo?~`,
    'percent-encoded twice': 'n%25C3%25A3o%2520%25C3%25A9%252Fum%252Bsegredo%253F~',
    'percent-encoded byte by byte': '%6e%c3%a3%6f%20%c3%a9%2f%75%6d%2b%73%65%67%72%65%64%6f%3f%7e',
    'as entities of HTML, in decimal': '&#110;&#227;o&#32;&#233;&#47;um&#43;segredo&#63;&#126;',
    'as entities of HTML, in hexadecimal': 'n&#xE3;o &#xe9/um&#x0002B;segredo?~',
    'as escapes of JSON': 'n\\u00e3o \\u00E9\\/um\\u002bsegredo?~',
    'in hexadecimal': '6ec3a36f20c3a92f756d2b7365677265646f3f7e',
    'in hexadecimal, in upper case': '6EC3A36F20C3A92F756D2B7365677265646F3F7E',
    'in base64 that is percent-encoded': 'bsOjbyDDqS91bStzZWdyZWRvP34%3D',
    'with something unseen in the middle': 'não é/um\u200b+segre\u0000do?~',
  }
  for (const [name, form] of Object.entries(forms)) {
    it(`A secret hides the words: ${name}`, () => {
      assert.equal(safeText(`antes ${form} depois`, ['outro', secret]), hidden)
    })
  }

  it('A secret in another percent-encoding does not hide the words', () => {
    assert.equal(safeText('a%2fb', ['outro']), 'a%2fb')
  })

  it('A secret is found where punctuation is percent-encoded too', () => {
    assert.equal(safeText('a%21b%27c%28d%29e%2Af', ["a!b'c(d)e*f"]), hidden)
  })

  it('A secret is found whatever its characters mean in HTML and JSON', () => {
    const marks = `a&b<c>d"e'f\\g😀h`
    for (const form of [
      'a&amp;b&lt;c&gt;d&quot;e&apos;f\\g😀h',
      'a&b<c>d\\"e\\\'f\\\\g\\ud83d\\ude00h',
      'a&b<c>d&#34;e&#39;f\\g&#128512;h',
    ]) {
      assert.equal(safeText(`<${form}>`, [marks]), hidden, form)
    }
  })

  it('Invalid percent-encoding does not hide the words', () => {
    const odd = '&#xffffffff;&#1114112;&; %zz %e3 \\ud800'
    assert.equal(safeText(odd, [secret]), odd)
  })

  it('The search for a secret takes time in proportion to the text', () => {
    const long = '%25'.repeat(200_000)
    assert.equal(safeText(`${long}${secret}`, [secret]), hidden)
    assert.equal(safeText(long, [secret]).length, 301)
    assert.equal(repeatsSecret(`${long}${'\\u0061'.repeat(100_000)}${secret}`, [secret]), true)
  })

  it('A secret that looks percent-encoded itself is found', () => {
    assert.equal(safeText('antes a%2fb depois', ['a%2fb']), hidden)
  })

  for (const encoding of ['base64', 'base64url'] as const) {
    for (const before of ['x', 'id:', 'ab', 'portal:', 'abcde']) {
      for (const behind of ['', 'y', 'yy']) {
        it(`A secret is found in ${encoding} between "${before}" and "${behind}"`, () => {
          const text = Buffer.from(`${before}${secret}${behind}`).toString(encoding)
          assert.equal(safeText(text, [secret]), hidden)
        })
      }
    }
  }

  it('A secret is found behind the place where the text is cut', () => {
    assert.equal(safeText(`${'x'.repeat(400)}${secret}`, [secret]), hidden)
  })

  it('An empty secret hides nothing', () => {
    assert.equal(safeText('abc', ['']), 'abc')
    assert.equal(repeatsSecret('abc', ['']), false)
  })

  it('Any secret is found in every encoding', () => {
    for (const form of [secret, percent, 'bsOjbyDDqS91bStzZWdyZWRvP34=']) {
      assert.equal(repeatsSecret(`openid ${form}`, [secret]), true, form)
    }
    assert.equal(repeatsSecret('openid', [secret]), false)
  })
})

describe("a PSC's words about a sign-in", () => {
  for (const [said, shown] of [
    ['O CPF 12345678909 não', 'O CPF ***.456.789-** não'],
    ['O CPF 123.456.789-09.', 'O CPF ***.456.789-**.'],
    ['CPF:123456789-09', 'CPF:***.456.789-**'],
    ['CPF 123.456.789/09', 'CPF ***.456.789-**'],
    ['CNPJ 11222333000181', 'CNPJ **.222.333/****-**'],
    ['CNPJ 11.222.333/0001-81', 'CNPJ **.222.333/****-**'],
    ['CNPJ 12.ABC.345/01DE-35', 'CNPJ **.ABC.345/****-**'],
    ['12345678909/11222333000181', '***.456.789-**/**.222.333/****-**'],
    ['1.123.456.789-09', '1.***.456.789-**'],
    ['123\u200b456\u200b78909', '***.456.789-**'],
    ['em 15/01/2026, nº 1234567890', 'em 15/01/2026, nº 1234567890'],
    ['550e8400-e29b-41d4-a716-446655440000', '550e8400-e29b-41d4-a716-446655440000'],
  ] as const) {
    it(`Only the middle digits of a CPF or a CNPJ are shown: ${JSON.stringify(said)}`, () => {
      assert.equal(safeWords(said), shown)
    })
  }

  it('A CPF is hidden even where the text is cut in its middle', () => {
    assert.doesNotMatch(safeWords(`${'x'.repeat(292)}12345678909`), /123/)
  })

  it('A secret that looks like a CPF is hidden as a secret', () => {
    assert.equal(safeWords('12345678909', ['12345678909']), hidden)
  })
})
