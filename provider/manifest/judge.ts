import type { JudgeOptions } from '../rules/client.ts'
import type { Problem } from '../rules/problem.ts'
import { refuse, warn } from '../rules/problem.ts'
import { isRecord } from '../rules/text.ts'
import { Certificates } from './certificates.ts'
import { combine } from './combine.ts'
import { judgeEntries } from './entries.ts'
import type { References } from './entries.ts'
import type { LoadOptions } from './load.ts'
import { Profiles } from './profiles.ts'
import type { ManifestDocument } from './schema.ts'
import { judgeShape } from './shape.ts'
import type { ShapeProblem } from './shape.ts'
import type { Tree } from './tree.ts'

/** What is known of a manifest after it was judged. */
export interface Judged {
  readonly problems: readonly (Problem | ShapeProblem)[]
  readonly references: References
  /** Absent if the shape is wrong. */
  readonly document?: ManifestDocument
}

/**
 * Judges a manifest's shape and every entry by the rules, and tells each problem once.
 *
 * @param yaml what is known to be wrong already.
 */
export function judgeManifest(
  tree: Tree,
  yaml: readonly Problem[],
  file: string,
  options: JudgeOptions & Pick<LoadOptions, 'baseUrls' | 'readFile'>,
): Judged {
  const { value } = tree
  const rules: Problem[] = []
  const sections = isRecord(value) ? value : {}
  const report = (problem: Problem) => rules.push(problem)
  const references = {
    certificates: new Certificates(sections.certificates, file, options.readFile, report),
    profiles: new Profiles(sections.pscs, report, options.baseUrls),
  }
  if (value === undefined) return { problems: [], references }
  if (!isRecord(value)) return { problems: [notManifest(value)], references }
  rules.push(...judgeEntries(value, references, options))
  if (yaml.length === 0) rules.push(...judgeEmptiness(value))
  const { document, problems } = judgeShape(tree)
  const unread = yaml.filter(({ path }) => tree.valueAt(path) === undefined)
  return { problems: combine(unread, problems, rules), references, ...(document && { document }) }
}

function notManifest(value: unknown): Problem {
  const shape = 'A manifest is a map with the key clients'
  return refuse(
    [],
    value === null ? `The manifest is empty. ${shape}.` : `${shape}, and this is none.`,
  )
}

function judgeEmptiness({ clients, credentials }: Readonly<Record<string, unknown>>): Problem[] {
  if (clients === undefined && credentials === undefined) {
    return [refuse([], 'The manifest declares nothing. Give the key clients.')]
  }
  const sections = [clients, credentials].filter(isRecord)
  const empty =
    sections.length > 0 && sections.every((section) => Object.keys(section).length === 0)
  return empty ? [warn([], 'The manifest declares no client.')] : []
}
