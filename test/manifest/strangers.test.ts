import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatProblems } from '../../provider/manifest/problem.ts'
import { check } from './support.ts'

const content = 'content-of-the-machine'

/** Files that are on machines. A report may show nothing of them. */
const strangers: Readonly<Record<string, string>> = {
  'credentials of a cloud': `[default]\nname: ${content}\naws_secret_access_key = ${content}\n`,
  'an environment': `name: ${content}\nPORTAL_SECRET=${content}\nemail: "${content}\n`,
  'a configuration with its keys twice': `${content}: 1\n${content}: 2\nname: ${content}\n`,
  'a configuration with an alias': `a: { ${content}: *${content} }\nname: ${content}\n`,
  'a list': `- ${content}\n- ${content}: { name: ${content}, name: ${content} }\n`,
  'a document of JSON': `{ "name": "${content}", "private_key": "${content}", "name": 1 }\n`,
  'a file of hosts and passwords': `machine a.br login x password ${content}\n`,
  'a private key': `-----BEGIN PRIVATE KEY-----\n${content}\n-----END PRIVATE KEY-----\n`,
  'settings with indented sections': `a:\n  clients:\n    name: ${content}\n    email: "${content}\n`,
  'a script': `clients="${content}"\nname: ${content}\nexport PASSWORD=${content}\n`,
}

describe('a file that is not a manifest', () => {
  for (const [name, text] of Object.entries(strangers)) {
    test(`Nothing of a file that is not a manifest is shown: ${name}`, () => {
      const { problems, build } = check(text)
      assert.equal(build, undefined)
      assert.notEqual(problems.length, 0)
      assert.ok(problems.every(({ excerpt }) => excerpt === undefined))
      const report = formatProblems(problems) + JSON.stringify(problems)
      assert.ok(!report.includes(content), report)
    })
  }

  test('A manifest that is not YAML still shows the lines of its fields', () => {
    const { problems } = check('clients:\n  a:\n    name: @x\n')
    assert.equal(problems[0]?.excerpt?.text, '    name: @x')
  })
})
