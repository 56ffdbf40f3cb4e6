import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { check, complaints, manifestOf, soundEntry } from './support.ts'

const entry = (changes: Readonly<Record<string, string>> = {}) =>
  manifestOf(changes).split('\n').slice(2).join('\n')

describe('aliases and merge keys', () => {
  const shared = [
    'clients:',
    '  a: &base',
    ...Object.entries(soundEntry).map(([key, value]) => `    ${key}: ${value}`),
    '  b:',
    '    clientId: outro',
    '    <<: *base',
    '    name: Outro',
    '',
  ].join('\n')

  test('An entry gets missing values from a merge key, wherever the key stands', () => {
    const { build, problems } = check(shared)
    assert.deepEqual(problems, [])
    const [a, b] = build?.().clients ?? []
    assert.deepEqual(b?.args, { ...a?.args, clientId: 'outro', name: 'Outro' })
  })

  test('A mistake in shared text is reported once, where the text is', () => {
    const wrong = shared.replace('suporte@exemplo.gov.br', 'suporte')
    const found = complaints(wrong)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^8:12 error clients\.a\.email: /)
  })

  test('A mistake in the use of an alias is reported at the alias', () => {
    const yaml = `${manifestOf({ name: '&n Portal' })}  outro:\n${entry({ clientId: 'b', name: '*n' })}`
    const found = complaints(yaml)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^15:11 error clients\.outro\.name: /)
  })

  test('A merge source wins over a later one', () => {
    const yaml = `${manifestOf({ name: 'Um' })}  dois: &d\n${entry({ clientId: 'b', name: 'Dois', comments: 'De dois' })}`
    const { build } = check(
      yaml.replace('  portal:\n', '  portal: &p\n') +
        '  tres:\n    <<: [*d, *p]\n    clientId: c\n    name: Tres\n',
    )
    assert.equal(build?.().clients[2]?.args.comments, 'De dois')
  })

  const refused: readonly (readonly [name: string, yaml: string, place: RegExp])[] = [
    [
      'that stand inside of what they stand for',
      'clients: &a\n  x: *a\n',
      /^2:6 error clients\.x: /,
    ],
    ['without an anchor', manifestOf({ name: '*none' }), /^6:11 error clients\.portal\.name: /],
    [
      'that merge something else than a map',
      `${manifestOf()}    <<: text\n`,
      /^11:9 error clients\.portal: /,
    ],
    [
      'that merge a list of something else',
      `${manifestOf()}    <<: [text]\n`,
      /^11:9 error clients\.portal: /,
    ],
  ]
  for (const [name, yaml, place] of refused) {
    test(`Aliases and merge keys ${name} are one error`, () => {
      const found = complaints(yaml)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', place)
    })
  }
})

describe('keys', () => {
  test('A key that stands twice in a map is an error that names the first line', () => {
    const found = complaints(`${manifestOf()}    email: outro@exemplo.gov.br\n`)
    assert.deepEqual(found, [
      '11:5 error clients.portal.email: the same key is at line 8 already. Remove one of them, or rename it. [ERR_PSC_REPEATED_KEY]',
    ])
  })

  test('A key is text, as it is written, whatever YAML would make of it elsewhere', () => {
    for (const key of ['012', 'true', '~', '1.5', '1e3']) {
      const { build, problems } = check(manifestOf().replace('portal:', `${key}:`))
      assert.deepEqual(problems, [])
      assert.equal(build?.().clients[0]?.key, key)
    }
  })

  test('Each key that is a list, a map or an alias is an error', () => {
    for (const key of ['? [a, b]\n  ', '? { a: b }\n  ', '*p ']) {
      const found = complaints(`${manifestOf().replace('portal:', 'portal: &p')}  ${key}: x\n`)
      assert.equal(found.length, 1, key)
      assert.match(found[0] ?? '', /^11:\d error : a key must be a string.*\[ERR_PSC_YAML\]$/)
    }
  })

  test('Names that every object inherits are ordinary entry names', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'prototype']) {
      const { build, problems } = check(manifestOf().replace('portal:', `${name}:`))
      assert.deepEqual(problems, [])
      assert.equal(build?.().clients[0]?.key, name)
    }
  })

  test('The key __proto__ is refused, and no object inherits its values', () => {
    const yaml = `${manifestOf().replace('  portal:', '  __proto__:')}__proto__: { polluted: yes }\n`
    const { build, problems } = check(yaml)
    assert.equal(build, undefined)
    assert.deepEqual(
      problems.map(({ path }) => path),
      [['clients', '__proto__'], ['__proto__']],
    )
    assert.equal('polluted' in {}, false)
    assert.equal('psc' in {}, false)
  })

  test('A certificate with the name of an inherited property exists only if it is defined', () => {
    const found = complaints(`certificates: {}\n${manifestOf({ certificate: 'constructor' })}`)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /\[ERR_PSC_UNKNOWN_CERTIFICATE\]$/)
  })
})

describe('values that YAML reads as something else than text', () => {
  const cases: readonly (readonly [field: string, value: string, says: RegExp])[] = [
    ['name', '123', /is a number\. Write '123'/],
    ['clientId', '012', /is a number\. Write '012'/],
    ['clientId', '64058712345678901234567', /Write '64058712345678901234567'/],
    ['name', 'true', /is a boolean\. Write 'true'/],
    ['comments', '[a]', /is a list/],
    ['comments', '{ a: b }', /is an object/],
    ['redirectUris', 'https://portal.exemplo.gov.br/', /a list and is a string/],
    ['redirectUris', '[12]', /is a number\. Write '12'/],
    ['psc', '1', /name of a PSC, and without quotes it is a number/],
    ['preflight', 'no', /auto, required, off/],
    ['certificate', '5', /a key of certificates/],
    ['certificate', '[a]', /a key of certificates/],
  ]
  for (const [field, value, says] of cases) {
    test(`A value that YAML reads as another type is an error with its line: ${field}: ${value}`, () => {
      const found = complaints(manifestOf({ [field]: value }))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', says)
    })
  }

  test('An empty value counts as missing', () => {
    for (const field of Object.keys(soundEntry)) {
      const found = complaints(manifestOf({ [field]: '' }))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', new RegExp(`:5 error clients\\.portal\\.${field}: `))
    }
  })

  test('The position of a missing value is the name of its entry', () => {
    for (const field of Object.keys(soundEntry)) {
      const found = complaints(manifestOf({ [field]: undefined }))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', new RegExp(`^2:3 error clients\\.portal\\.${field}: `))
    }
  })
})

describe('text that is no YAML', () => {
  const cases: readonly (readonly [name: string, yaml: string, complaint: RegExp])[] = [
    ['a tab as indentation', 'clients:\n\tportal: x\n', /^2:1 error : .*tab/],
    ['a second document', `${manifestOf()}---\nclients: {}\n`, /^11:1 error : .*one YAML document/],
    [
      'a quote that does not end',
      'clients:\n  portal:\n    name: "Portal\n',
      /^3:11 error : .*quote/,
    ],
    ['a tag', manifestOf({ name: '!env NAME' }), /^6:11 error : .*tags/],
    ['a bracket that does not end', 'clients: { portal: [a\n', /\]/],
    ['a colon in a value', manifestOf({ name: 'Portal: novo' }), /^6:11 error : .*quotes/],
    ['a comment without a space', manifestOf({ name: '"Portal"#novo' }), /^6:19 error : .*#/],
  ]
  for (const [name, yaml, complaint] of cases) {
    test(`Text that is not YAML is an error with its place: ${name}`, () => {
      assert.match(complaints(yaml)[0] ?? '', complaint)
    })
  }
})

describe('the text itself', () => {
  test('The text may begin with a byte order mark and have CRLF or CR line ends', () => {
    for (const end of ['\r\n', '\r']) {
      const yaml = manifestOf({ email: 'nobody' }).replaceAll('\n', end)
      const { problems } = check(`\uFEFF${yaml}`)
      assert.equal(problems.length, 1)
      assert.deepEqual(
        [problems[0]?.range?.line, problems[0]?.range?.column, problems[0]?.excerpt?.text],
        [8, 12, '    email: nobody'],
      )
    }
  })

  test('Text in another encoding is an error with its line', () => {
    const latin1 = Buffer.from(manifestOf(), 'latin1')
    assert.deepEqual(complaints(latin1), [
      '6:26 error : the file is not UTF-8 from here on. Save it as UTF-8. [ERR_PSC_ENCODING]',
    ])
    const utf16 = Buffer.from(`\uFEFF${manifestOf()}`, 'utf16le')
    assert.deepEqual(complaints(utf16), [
      '- error : the file is UTF-16. Save it as UTF-8. [ERR_PSC_ENCODING]',
    ])
  })

  test('A key at the top that begins with x- is ignored, and no other unknown key', () => {
    const shared = 'x-padrao: &padrao { preflight: off }\n'
    const { problems, build } = check(
      shared.replace('off', "'off'") + manifestOf({ '<<': '*padrao' }),
    )
    assert.deepEqual(problems, [])
    assert.equal(build?.().clients[0]?.args.preflight, 'off')
    assert.match(complaints(manifestOf({ 'x-a': 'b' })).join('\n'), /unknown key "x-a"/)
  })

  const empty = ['', '\n', '# only a comment\n', '---\n', '\uFEFF', '~\n']
  for (const yaml of empty) {
    test(`An empty manifest is refused: ${JSON.stringify(yaml)}`, () => {
      assert.deepEqual(complaints(yaml), [
        '- error : the manifest is empty. Write a map with the key clients. [ERR_PSC_EMPTY_MANIFEST]',
      ])
    })
  }

  for (const yaml of ['text\n', '- a\n', '5\n', '[]\n']) {
    test(`A manifest that is not a map is refused: ${JSON.stringify(yaml)}`, () => {
      const [complaint, ...others] = complaints(yaml)
      assert.match(complaint ?? '', /^- error : .*not a map.*\[ERR_PSC_TYPE\]$/)
      assert.deepEqual(others, [])
    })
  }

  test('A manifest that declares nothing is an error, one without clients a warning', () => {
    assert.match(complaints('certificates: {}\n')[0] ?? '', /^- error : /)
    const { problems, build } = check('clients: {}\n')
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ['warning'],
    )
    assert.deepEqual(build?.().clients, [])
  })
})
