import { manifestOf } from './support.ts'

/** A text of about a length, made of repetitions. */
type Text = (length: number) => string

const repeat =
  (unit: (index: number) => string): Text =>
  (length) => {
    let text = ''
    for (let index = 0; text.length < length; index += 1) text += unit(index)
    return text
  }

const entry = (field: string, value: Text): Text => {
  return (length) => manifestOf({ [field]: value(length) })
}

const clients = (unit: (index: number) => string): Text => {
  const all = repeat(unit)
  return (length) => `clients:\n${all(length)}`
}

const aliases = repeat(() => '*a, ')
const spaces = repeat(() => ' ')

/** Each is one step short of a placeholder, which a pattern that can begin anywhere tries again and again. */
const almostPlaceholders = [
  `${'__A__'.repeat(50)}!`,
  `${'%7B%7B%7D%7D'.repeat(25)}!`,
  `${'$A$'.repeat(60)}!`,
  `${'xxxx-'.repeat(60)}!`,
  `${'A_SECRET_'.repeat(20)}!`,
]

/** Texts that cost much for their size, if something looks at a part of them more than a few times. */
export const texts: Readonly<Record<string, Text>> = {
  'aliases of a list': (length) => `x: &a [b]\nclients: { a: [${aliases(length)}] }\n`,
  'aliases with an anchor each': clients((index) => `  c${index}: [&a${index} x, *a${index}]\n`),
  'secrets that are aliases of one map': (length) =>
    `x: &a { b: c }\nclients:\n${repeat((index) => `  c${index}: { clientSecret: *a }\n`)(length)}`,
  'merges of one map': (length) =>
    `x: &a { b: c }\nclients:\n${repeat((index) => `  c${index}: { <<: *a }\n`)(length)}`,
  'a list of merges': (length) => `x: &a { b: c }\nclients: { <<: [${aliases(length)}] }\n`,
  'merges of a map with many keys': (length) =>
    `x: &a { ${repeat((index) => `k${index}: v, `)(200)} }\nclients:\n${repeat((index) => `  c${index}: { <<: *a }\n`)(length)}`,
  'merges inside of merges': clients((index) => `  c${index}: { <<: { <<: { <<: { a: b } } } }\n`),
  'chain of merges': (length) =>
    `a0: &a0 { k: v }\n${repeat((i) => `a${i + 1}: &a${i + 1} { <<: *a${i}, k${i}: v }\n`)(length)}clients: {}\n`,
  'lists inside of lists that end': (length) => `clients: ${'['.repeat(length / 400)}x`,
  'white space before a value': entry('name', (length) => `${spaces(length)}x`),
  'white space inside of a value': entry('name', (length) => `x${spaces(length)}y`),
  'white space inside of quotes': entry('comments', (length) => `"x${spaces(length)}y"`),
  'white space inside of a URI': entry(
    'redirectUris',
    (length) => `["https://a.br/${spaces(length)}b"]`,
  ),
  'white space after a secret': entry(
    'clientSecret',
    (length) => `{ env: A${spaces(length)}, x: y }`,
  ),
  'white space in a text that is no YAML': entry('name', (length) => `"x${spaces(length)}`),
  'carriage returns': entry('comments', (length) => `x${'\r'.repeat(length)}`),
  'line breaks': (length) => `${manifestOf()}${'\n'.repeat(length)}  x: y\n`,
  slashes: (length) =>
    `pscs: { neoid: { baseUrl: "https://a.br${'/'.repeat(length)}x" } }\n${manifestOf()}`,
  hashes: entry('nmae', (length) => `x ${'#'.repeat(length)}`),
  'brackets in the name of a host': entry(
    'certificate',
    (length) => `{ hosts: ["[${':'.repeat(length)}"] }`,
  ),
  'a PEM text of BEGIN lines': entry(
    'certificate',
    (length) => `{ pem: "${repeat(() => '-----BEGIN X----- ')(length)}" }`,
  ),
  'white space inside of a PEM text': entry(
    'certificate',
    (length) => `{ pem: "-----BEGIN CERTIFICATE-----${spaces(length)}x-----END CERTIFICATE-----" }`,
  ),
  'brackets that do not end': (length) => `clients: ${'['.repeat(length)}`,
  'braces that do not end': (length) => `clients: ${'{ a: '.repeat(length / 5)}`,
  'dashes inside of dashes': (length) => `clients:\n  ${'- '.repeat(length / 2)}a\n`,
  'white space before a comment': entry('name', (length) => `x${spaces(length)}# y`),
  'white space on lines of its own': (length) =>
    `${manifestOf()}${repeat(() => `${spaces(40)}\n`)(length)}  x: y\n`,
  'tabs before a key': (length) => `${manifestOf()}${'\t'.repeat(length)}x: y\n`,
  'a text in block style': entry('comments', (length) => `|\n${repeat(() => '      x\n')(length)}`),
  'a long comment': (length) => `# ${'x '.repeat(length / 2)}\n${manifestOf({ email: 'x' })}`,
  'long keys': clients((index) => `  ${'k'.repeat(900)}${index}: x\n`),
  'a long line without an end': entry('redirectUris', (length) => `[${'x'.repeat(length)}`),
  'a long key': (length) => `clients: { "${'k'.repeat(length)}": x }\n`,
  'a long explicit key with many problems below it': (length) =>
    `clients:\n  ? ${'k'.repeat(length / 2)}\n  : {${repeat((index) => `x${index}: 1, `)(length / 2)}}\n`,
  'a key of a thousand characters with many problems below it': (length) =>
    `clients:\n  ${'k'.repeat(1_000)}: {${repeat((index) => `x${index}: 1, `)(length)}}\n`,
  'a long line with many problems': entry(
    'redirectUris',
    (length) => `[${repeat((index) => `http://a.br/${index}, `)(length)}]`,
  ),
  'unknown keys': (length) => manifestOf() + repeat((index) => `    k${index}: x\n`)(length),
  'the same key again and again': clients(() => '  c: x\n'),
  'empty clients': clients((index) => `  c${index}: {}\n`),
  'unknown PSCs': clients((index) => `  c${index}: { psc: q${index} }\n`),
  'unknown certificates': (length) =>
    `certificates:\n${repeat((index) => `  p${index}: { hosts: [a.br] }\n`)(length)}clients:\n${repeat((index) => `  c${index}: { certificate: q${index} }\n`)(length)}`,
  'hosts that a certificate of many does not name': (length) =>
    manifestOf({
      redirectUris: `[${repeat((index) => `https://h${index}.org/, `)(length)}]`,
      certificate: `{ hosts: [${repeat((index) => `h${index}.com, `)(length)}] }`,
    }),
  'quotes that do not end': clients((index) => `  c${index}: "x\n`),
  'characters that begin no value': clients((index) => `  c${index}: @x\n`),
  'keys without a colon': (length) => `clients: {${repeat((index) => `a${index} b, `)(length)}}\n`,
  'texts that almost are placeholders': clients((index) => {
    const almost = almostPlaceholders[index % almostPlaceholders.length] ?? ''
    return `  c${index}: { clientId: '${almost}', email: '${almost}', redirectUris: ['${almost}'] }\n`
  }),
}
