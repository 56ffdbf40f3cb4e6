import { createRequire } from 'node:module'
import { printable } from '../rules/text.ts'
import { lineText, type Parsed, type Source } from './parse.ts'
import type { Excerpt, ManifestProblem, SourceRange } from './problem.ts'
import { findShownLines, type IsShown, withoutSecretKeys } from './redact.ts'
import { type Offsets, type PlacedProblem, wholeText } from './tree.ts'

const require = createRequire(import.meta.url)

const longestLine = 160

/** The part of a long line before the caret. */
const lead = 60

/** Points into the manifest's text: each problem once, in its order, with the line and a caret if the line may be shown. */
export function pointTo(
  source: Source,
  parsed: Omit<Parsed, 'problems'>,
  placed: readonly PlacedProblem[],
): ManifestProblem[] {
  if (placed.length === 0) return []
  const isShown = findShownLines(source, parsed)
  return once(placed)
    .toSorted((a, b) => a.at[0] - b.at[0])
    .map(({ problem: { severity, path, code, message }, at }) => ({
      severity,
      path: withoutSecretKeys(path),
      code,
      message,
      file: source.file,
      ...(at !== wholeText && show(source, at, isShown)),
    }))
}

/** Removes repetitions: many clients may share one problem, such as a certificate that expires. */
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

/** Finds the line and column of offsets, and the line itself. The range of a hidden line does not reveal a length. */
function show(
  { text, lines, ...source }: Source,
  [start, end]: Offsets,
  isShown: IsShown,
): { range: SourceRange; excerpt?: Excerpt } {
  const { line, col: column } = lines.linePos(start)
  if (!isShown(line)) return { range: { line, column, endLine: line, endColumn: column } }
  // Without the line break that ends a block.
  const length = text.slice(start, end).trimEnd().length
  const { line: endLine, col: endColumn } = lines.linePos(start + length)
  const shown = lineText({ text, lines, ...source }, line)
  return {
    range: { line, column, endLine, endColumn },
    excerpt: createExcerpt(shown, column - 1, endLine === line ? endColumn - 1 : shown.length),
  }
}

/** Writes a line as it may be shown, with the place of the caret under it. A long line is cut around the caret. */
export function createExcerpt(line: string, from: number, to: number): Excerpt {
  const start = Math.max(0, Math.min(from - lead, line.length - longestLine))
  const end = start + longestLine
  const before = `${start > 0 ? '…' : ''}${printable(line.slice(start, from))}`
  const marked = `${printable(line.slice(from, Math.min(to, end)))}${to > end ? '…' : ''}`
  const after = `${printable(line.slice(Math.max(to, from), end))}${to <= end && line.length > end ? '…' : ''}`
  // Loads on first use: most previews show no excerpt.
  const { default: stringWidth } = require('string-width') as typeof import('string-width')
  return {
    text: before + marked + after,
    indent: stringWidth(before),
    width: Math.max(1, stringWidth(marked)),
  }
}
