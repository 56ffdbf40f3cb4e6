import { createRequire } from 'node:module'
import { type CodeMeaning, codes } from '../../provider/codes.ts'
import {
  type CheckedManifest,
  type ManifestProblem,
  problemEntry,
  problemText,
} from '../../provider/manifest/index.ts'
import { adviceForMaintenance } from '../../provider/psc/index.ts'
import { jsonText } from '../json.ts'
import { inRepository } from './repository.ts'

/**
 * Writes a report in SARIF 2.1.0: a rule for each code that was found, a result for each problem.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(checked: readonly CheckedManifest[]): string {
  const problems = checked.flatMap((each) => each.problems)
  const found = [...new Set(problems.map(({ code }) => code))].toSorted()
  const { version, homepage } = createRequire(import.meta.url)('pulumi-psc/package.json') as {
    readonly version: string
    readonly homepage: string
  }
  const page = homepage.replace(/#.*/, '/blob/main/docs/codes.md')
  const driver = {
    name: 'pulumi-psc',
    version,
    informationUri: homepage,
    rules: found.map((code) => ruleOf(code, page)),
  }
  const results = problems.map((problem) => resultOf(problem, found.indexOf(problem.code)))
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results }
  return `${jsonText({ $schema: schema, version: '2.1.0', runs: [run] })}\n`
}

const schema =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

function ruleOf(code: string, page: string): object {
  const { meaning, remedy } = explain(code)
  return {
    id: code,
    shortDescription: { text: meaning },
    help: { text: remedy, markdown: `${remedy} [Codes](${page}#${code.toLowerCase()})` },
    helpUri: `${page}#${code.toLowerCase()}`,
  }
}

/** Explains a code as docs/codes.md does. */
function explain(code: string): CodeMeaning {
  return Object.hasOwn(codes, code)
    ? codes[code as keyof typeof codes]
    : {
        meaning: `A PSC refuses this with ${code}.`,
        remedy: adviceForMaintenance(code, 400) ?? 'Read the documentation of the PSC.',
      }
}

function resultOf(problem: ManifestProblem, ruleIndex: number): object {
  const { code, severity, file, range } = problem
  const entry = problemEntry(problem)
  // GitHub shows no result without a line.
  const region =
    range === undefined
      ? { startLine: 1 }
      : {
          startLine: range.line,
          startColumn: range.column,
          endLine: range.endLine,
          endColumn: range.endColumn,
        }
  const artifactLocation = { uri: uriOf(inRepository(file)), uriBaseId: '%SRCROOT%' }
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: `${entry === undefined ? '' : `${entry}: `}${problemText(problem)}` },
    locations: [{ physicalLocation: { artifactLocation, region } }],
  }
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
