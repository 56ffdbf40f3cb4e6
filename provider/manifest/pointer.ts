import type { Document } from 'yaml'
import type { Problem } from '../rules/problem.ts'
import { createExcerpt } from './excerpt.ts'
import { masksInLine, secretOffsets } from './masks.ts'
import type { Excerpt, ManifestProblem, SourceRange } from './problem.ts'
import { lineText } from './source.ts'
import type { Source } from './source.ts'
import type { Offsets } from './tree.ts'

/** A problem with its place in the text. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly at: Offsets
}

/** Points into the manifest's text: problems in its order, each once, with line, column and what may be shown of the line. */
export function pointTo(
  source: Source,
  document: Document.Parsed | undefined,
  placed: readonly PlacedProblem[],
): ManifestProblem[] {
  if (placed.length === 0) return []
  const secrets = document === undefined ? [] : secretOffsets(document)
  const parsed = document?.errors.length === 0
  const masks = new Map<number, readonly Offsets[]>()
  const masksOf = (line: number, text: string): readonly Offsets[] => {
    const known = masks.get(line)
    if (known !== undefined) return known
    const start = source.lines.lineStarts[line - 1] ?? 0
    const found = [
      ...secrets
        .map(([from, to]): Offsets => [from - start, to - start])
        .filter(([from, to]) => to > 0 && from < text.length),
      ...masksInLine(text, parsed),
    ]
    masks.set(line, found)
    return found
  }
  return once(placed)
    .toSorted((a, b) => a.at[0] - b.at[0])
    .map(({ problem, at }) => {
      const range = rangeOf(source, at)
      const text = lineText(source, range.line)
      const end = range.endLine === range.line ? range.endColumn - 1 : text.length
      const excerpt: Excerpt = createExcerpt(
        text,
        [range.column - 1, end],
        masksOf(range.line, text),
      )
      const { severity, path, code, message } = problem
      return {
        severity,
        path,
        ...(code !== undefined && { code }),
        message,
        file: source.file,
        range,
        excerpt,
      }
    })
}

/** Many clients may share what is wrong, such as a certificate that expires: it is said once. */
function once(placed: readonly PlacedProblem[]): PlacedProblem[] {
  const seen = new Map<string, PlacedProblem>()
  for (const each of placed) {
    const key = JSON.stringify([each.at, each.problem.severity, each.problem.message])
    if (!seen.has(key)) seen.set(key, each)
  }
  return [...seen.values()]
}

/** The range of offsets, without the line break that ends a block. */
function rangeOf({ text, lines }: Source, [start, end]: Offsets): SourceRange {
  const shown = text.slice(start, end).trimEnd().length
  const from = lines.linePos(start)
  const to = lines.linePos(Math.max(start, Math.min(start + shown, text.length)))
  return {
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  }
}
