import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { manifestOf } from '../../manifest/support.ts'
import { validatorOf } from '../../schemas/validator.ts'
import { folderWith, psc } from '../psc.ts'

const mistakes = readFileSync(
  resolve(import.meta.dirname, '../../manifest/twenty-mistakes.yaml.txt'),
  'utf8',
)

interface Issue {
  readonly description: string
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

interface Sarif {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { id: string; helpUri: string }[] }
    }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly [
        {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string }
            readonly region: object
          }
        },
      ]
    }[]
  }[]
}

async function lint(
  format: string,
  text: string,
  env: Readonly<Record<string, string>> = {},
  file = 'clients.yaml',
): Promise<{ report: unknown; code: number | null }> {
  const cwd = folderWith({ [file]: text })
  const root = Object.fromEntries(
    Object.entries(env).map(([name, path]) => [name, resolve(cwd, path)]),
  )
  const { code, stdout, stderr } = await psc(['lint', file, '--format', format], { cwd, env: root })
  assert.equal(stderr, '')
  return { report: JSON.parse(stdout) as unknown, code }
}

/** Lints for GitLab. */
async function issues(...args: Rest): Promise<{ report: Issue[]; code: number | null }> {
  const { report, code } = await lint('gitlab', ...args)
  return { report: report as Issue[], code }
}

/** Lints for SARIF. */
async function sarif(...args: Rest): Promise<{ report: Sarif; code: number | null }> {
  const { report, code } = await lint('sarif', ...args)
  return { report: report as Sarif, code }
}

type Rest = Parameters<typeof lint> extends [string, ...infer Others] ? Others : never

const wrong = manifestOf({ email: 'nobody' })

describe('psc lint --format gitlab', () => {
  test('Lint --format gitlab writes an issue for each problem, as GitLab reads them', async () => {
    const { report, code } = await issues(wrong)
    assert.equal(code, 1)
    const [{ description, fingerprint, ...rest } = assert.fail(), ...others] = report
    assert.deepEqual(others, [])
    assert.deepEqual(rest, {
      check_name: 'CONTATO_EMAIL_INVALIDO',
      severity: 'major',
      location: { path: 'clients.yaml', lines: { begin: 8 } },
    })
    assert.match(description, /^client portal: email: .*\[CONTATO_EMAIL_INVALIDO\]$/)
    assert.match(fingerprint, /^[\da-f]{64}$/)
  })

  test('Each fingerprint is unique, and stays when the lines of the file move', async () => {
    const prints = async (text: string) =>
      (await issues(text)).report.map(({ fingerprint }) => fingerprint)
    const before = await prints(mistakes)
    assert.ok(before.length >= 20)
    assert.equal(new Set(before).size, before.length)
    assert.deepEqual(await prints(`# A comment.\n\n${mistakes}`), before)
  })

  test('Lint --format gitlab writes an empty list if nothing is wrong', async () => {
    assert.deepEqual(await issues(manifestOf()), { report: [], code: 0 })
  })

  test('Lint --format gitlab names the file from the root of the repository', async () => {
    const { report } = await issues(wrong, { CI_PROJECT_DIR: '..' })
    assert.match(report[0]?.location.path ?? '', /^psc-cli-[^/]+\/clients\.yaml$/)
    const plain = await issues(wrong, {}, './clients.yaml')
    assert.equal(plain.report[0]?.location.path, 'clients.yaml')
  })
})

describe('psc lint --format sarif', () => {
  const isSarif = validatorOf('sarif-2.1.0')

  for (const [what, text] of [
    ['twenty mistakes', mistakes],
    ['no mistake', manifestOf()],
    ['a file that is no manifest', '['],
  ] as const) {
    test(`The schema of SARIF 2.1.0 accepts the report on ${what}`, async () => {
      const { report } = await sarif(text)
      assert.ok(isSarif(report), JSON.stringify(isSarif.errors))
    })
  }

  test('The schema of SARIF refuses a result without a message', async () => {
    const { report } = await sarif(wrong)
    const [run] = report.runs
    const results = run?.results.map(({ message: _, ...result }) => result)
    assert.ok(!isSarif({ ...report, runs: [{ ...run, results }] }))
  })

  test('Each result of lint --format sarif has its rule with a help, its place and its level', async () => {
    const { report, code } = await sarif(wrong, {}, 'a b%.yaml')
    assert.equal(code, 1)
    const [{ tool, results } = assert.fail()] = report.runs
    const [{ message, ...result } = assert.fail()] = results
    assert.deepEqual(result, {
      ruleId: 'CONTATO_EMAIL_INVALIDO',
      ruleIndex: 0,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b%25.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 8, startColumn: 12, endLine: 8, endColumn: 18 },
          },
        },
      ],
    })
    assert.match(message.text, /^client portal: email: /)
    assert.equal(tool.driver.rules[0]?.id, 'CONTATO_EMAIL_INVALIDO')
  })

  test('Each help of a rule leads to a heading of docs/codes.md', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../docs/codes.md'), 'utf8')
    const { report } = await sarif(mistakes)
    const rules = report.runs[0]?.tool.driver.rules ?? []
    assert.ok(rules.length > 10)
    for (const { id, helpUri } of rules) {
      assert.ok(page.includes(`\n### \`${id}\`\n`), id)
      assert.ok(helpUri.endsWith(`/docs/codes.md#${id.toLowerCase()}`), helpUri)
    }
  })
})
