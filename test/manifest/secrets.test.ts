import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatProblems } from '../../provider/manifest/problem.ts'
import { check, manifestOf } from './support.ts'

const secret = 'not-a-secret-hunter2'

/** Manifests that hold a secret in the clear, and a mistake near to it. */
const manifests: Readonly<Record<string, string>> = {
  'a plain secret': manifestOf({ clientSecret: secret }),
  'in quotes': manifestOf({ clientSecret: `"${secret}"` }),
  'with a comment': manifestOf({ clientSecret: `${secret} # the secret` }),
  'beside a mistake on the same line': `clients:\n  a: { clientSecret: ${secret}, nmae: x }\n`,
  'in a block': manifestOf({ clientSecret: `|\n      ${secret}`, email: 'x' }),
  'in a folded block': manifestOf({ clientSecret: `>-\n      ${secret}` }),
  'in a list': manifestOf({ clientSecret: `[${secret}]` }),
  'under an unknown key': manifestOf({ clientSecret: `{ value: ${secret} }` }),
  'as the key': manifestOf({ clientSecret: `{ ${secret} }` }),
  'as the key with a colon': manifestOf({ clientSecret: `{ ${secret}: x }` }),
  'in place of a variable': manifestOf({ clientSecret: `{ env: ${secret}, file: x }` }),
  'under a key in another case': manifestOf({ client_secret: secret, clientSecret: undefined }),
  'under a misspelt key': manifestOf({ clientSecrt: secret, clientSecret: undefined }),
  'through an alias': `x: &s ${secret}\n${manifestOf({ clientSecret: '*s' })}`,
  'as an alias without an anchor': manifestOf({ clientSecret: `*${secret}` }),
  'as a tag': manifestOf({ clientSecret: `!${secret}` }),
  'as an anchor alone': manifestOf({ clientSecret: `&${secret}` }),
  'with a colon': manifestOf({ clientSecret: `${secret}: more` }),
  'with a quote that does not end': manifestOf({ clientSecret: `"${secret}` }),
  'after a quote that ends': manifestOf({ clientSecret: `"x" ${secret}` }),
  'with an escape that is none': manifestOf({ clientSecret: `"\\q${secret}"` }),
  'with a character that begins no value': manifestOf({ clientSecret: `@${secret}` }),
  'after an indicator': manifestOf({ clientSecret: `| ${secret}` }),
  'after a tab': manifestOf({ clientSecret: `\n\t${secret}` }),
  'in a block that is not indented': manifestOf({ clientSecret: `|\n${secret}` }),
  'in a block after a dash': manifestOf({ clientSecret: `|\n- ${secret}\n0 ${secret}` }),
  'in a comment': manifestOf({ clientSecret: `# ${secret}` }),
  'in a comment after a reference': manifestOf({ clientSecret: `{ emv: A } # ${secret}` }),
  'in a comment in place of a reference': manifestOf({ clientSecret: `\n      env: # ${secret}` }),
  'under a key that is broken in two': manifestOf({ clientSecret: `\n      val\nue: ${secret}` }),
  'beside a reference': manifestOf({ clientSecret: `{ env: A, x: ${secret} }` }),
  'under a key in another language': manifestOf({ chave: secret, senha: secret }),
  'of a credential': `credentials:\n  a: { issuer: x, clientId: b, clientSecret: ${secret} }\n`,
  'in a merged map': `x: &x { clientSecret: ${secret}, nmae: x }\nclients:\n  a: { <<: *x }\n`,
  'of a password in a URL': manifestOf({
    redirectUris: `[https://user:${secret}@portal.exemplo.gov.br/]`,
  }),
  'of a password in a base URL': `pscs: { neoid: { baseUrl: https://u:${secret}@a.br } }\n${manifestOf()}`,
  'that was in force before': manifestOf({ previousClientSecret: secret }),
  'that was in force before, in a list': manifestOf({ previousClientSecret: `[${secret}]` }),
  'that ends like a map, before a line that is no YAML': manifestOf({
    clientSecret: `${secret}}`,
    name: '"Portal',
  }),
  'in an anchor that an alias in a reference names': `x: &s ${secret}\n${manifestOf({ clientSecret: '{ env: *s, y: z }' })}`,
  'in a list that aliases lead to': `x: &s [${secret}]\ny: &t { a: *s }\n${manifestOf({ clientSecret: '*t' })}`,
  'as two keys that are the same': manifestOf({ clientSecret: `{ ${secret}: a, ${secret}: b }` }),
  'under a key that no client has': manifestOf({ extra: secret }),
  'under an unknown key beside another mistake': `clients:\n  a: { psc: neoid, extra: ${secret}, email: x }\n`,
  'under an unknown key of the manifest': `extra: ${secret}\n${manifestOf()}`,
  'under an unknown key, in a block': manifestOf({ extra: `|\n      ${secret}`, email: 'x' }),
  'under an unknown key, through an alias': `clients:\n  a: { name: &s ${secret}, email: x, extra: *s }\n`,
  'under an unknown key of a merged map': `clients:\n  a: { <<: { extra: ${secret} }, email: x }\n`,
  'in a map where a string is expected': manifestOf({ name: `{ extra: ${secret} }` }),
  'in a map before text that is not YAML': manifestOf({ psc: `{ extra: ${secret}, "` }),
  'in a file that is no manifest': `aws_secret_access_key: ${secret}\n${secret}: x\n`,
  'given twice': `${manifestOf({ clientSecret: secret })}    clientSecret: ${secret}\n`,
}

describe('a secret in the clear is never shown', () => {
  for (const [name, yaml] of Object.entries(manifests)) {
    test(`A secret in clear text is never shown: ${name}`, () => {
      const { problems } = check(yaml)
      assert.notEqual(problems.length, 0)
      const shown = formatProblems(problems) + JSON.stringify(problems)
      assert.ok(!shown.includes('hunter2'), shown)
    })
  }

  test('The length of a secret in clear text is not shown', () => {
    const [short, long] = ['y1', 'y'.repeat(60)].map((value) => {
      const { problems } = check(manifestOf({ clientSecret: `'${value}'` }))
      return JSON.stringify(problems)
    })
    assert.equal(short, long)
  })
})

describe('of a manifest that is cut off anywhere, the secret is never shown', () => {
  for (const form of [secret, `"${secret}"`, `|\n      ${secret}`, `{ value: ${secret} }`]) {
    test(`A secret is never shown, wherever the manifest is cut off: ${JSON.stringify(form)}`, () => {
      const whole = manifestOf({ clientSecret: form, redirectUris: '\n      - http://a.br' })
      for (let length = 0; length <= whole.length; length += 1) {
        const { problems } = check(whole.slice(0, length))
        const shown = formatProblems(problems) + JSON.stringify(problems)
        // Of the value itself a part is cut off, too.
        assert.doesNotMatch(shown, /not-a|hunt/, whole.slice(0, length))
      }
    })
  }
})

test('A secret in clear text is a warning that says what to do instead', () => {
  const { problems } = check(manifestOf({ clientSecret: secret }))
  assert.deepEqual(
    problems.map(({ severity, code }) => [severity, code]),
    [['warning', 'WARN_PSC_SECRET_IN_CLEAR']],
  )
  assert.match(problems[0]?.message ?? '', /\{ env: NAME \}/)
})

test('A line of a private key is not shown', () => {
  const line = 'bm90LWEtc2VjcmV0LWJ1dC1sb25nLWVub3VnaC10by1iZS1hLWxpbmUtb2Yta2V5'
  const { problems } = check(`${manifestOf()}    x: |\n      ${line}\n   ${line}\n`)
  assert.notEqual(problems.length, 0)
  assert.ok(!JSON.stringify(problems).includes(line.slice(0, 40)))
})
