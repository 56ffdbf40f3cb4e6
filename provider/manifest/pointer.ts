import type { Document } from 'yaml'
import type { Problem } from '../rules/problem.ts'
import { createExcerpt } from './excerpt.ts'
import { findSecrets, masksInLine } from './masks.ts'
import type { Excerpt, ManifestProblem, SourceRange } from './problem.ts'
import { lineText } from './source.ts'
import type { Source } from './source.ts'
import { wholeText } from './tree.ts'
import type { Offsets } from './tree.ts'

/** A problem with its place in the text. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly at: Offsets
}

/** Points into the manifest's text: each problem once, in its order, with the line and a caret as they may be shown. */
export function pointTo(
  source: Source,
  document: Document.Parsed | undefined,
  placed: readonly PlacedProblem[],
): ManifestProblem[] {
  if (placed.length === 0) return []
  const masksOf = createMasks(source, document)
  return once(placed)
    .toSorted((a, b) => a.at[0] - b.at[0])
    .map(({ problem: { severity, path, code, message }, at }) => ({
      severity,
      path,
      ...(code !== undefined && { code }),
      message,
      file: source.file,
      ...(at !== wholeText && show(source, at, masksOf)),
    }))
}

type MasksOf = (line: number) => readonly Offsets[]

/** The place of offsets, and its line. What ends in a masked text does not tell its length. */
function show(
  source: Source,
  at: Offsets,
  masksOf: MasksOf,
): { range: SourceRange; excerpt: Excerpt } {
  const range = rangeOf(source, at)
  const { line, column, endLine, endColumn } = range
  const text = lineText(source, line)
  const masks = masksOf(line)
  const end = endLine === line ? endColumn - 1 : text.length
  const excerpt = createExcerpt(text, [column - 1, end], masks)
  const masked = masks.some(([from, to]) => from < end && to > column - 1)
  return { range: masked ? { ...range, endLine: line, endColumn: column } : range, excerpt }
}

/** What is masked in a line, found once for all of its problems. */
function createMasks(source: Source, document: Document.Parsed | undefined): MasksOf {
  const secrets = secretsByLine(source, document)
  const known = new Map<number, readonly Offsets[]>()
  return (line) => {
    const before = known.get(line)
    if (before !== undefined) return before
    const text = lineText(source, line)
    const start = source.lines.lineStarts[line - 1] ?? 0
    const found = (secrets.get(line) ?? []).map(([from, to]): Offsets => [from - start, to - start])
    found.push(...masksInLine(text))
    known.set(line, found)
    return found
  }
}

function secretsByLine(source: Source, document: Document.Parsed | undefined) {
  const byLine = new Map<number, Offsets[]>()
  for (const secret of findSecrets(source.text, document)) {
    const last = source.lines.linePos(secret[1]).line
    for (let { line } = source.lines.linePos(secret[0]); line <= last; line += 1) {
      const others = byLine.get(line)
      if (others === undefined) byLine.set(line, [secret])
      else others.push(secret)
    }
  }
  return byLine
}

/** Many clients may share what is wrong, such as a certificate that expires: it is said once. */
function once(placed: readonly PlacedProblem[]): PlacedProblem[] {
  const seen = new Map<string, PlacedProblem>()
  for (const each of placed) {
    const { severity, path, message } = each.problem
    const [section, , ...within] = path
    const key = JSON.stringify([each.at, severity, section, within, message])
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
