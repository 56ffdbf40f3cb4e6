import type { Document } from 'yaml'
import type { Problem } from '../rules/problem.ts'
import { printable } from '../rules/text.ts'
import { lineText, type Source } from './parse.ts'
import type { Excerpt, ManifestProblem, SourceRange } from './problem.ts'
import { findSecrets, masksInLine } from './redact.ts'
import { type Offsets, wholeText } from './tree.ts'

const mask = '********'

const longestLine = 160

const before = 60

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u

interface Cell {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly width: number
}

/**
 * A line as it may be shown, with the place of the caret under it. Offsets count from the line's start.
 * What is masked shows as eight asterisks, whatever its length; a long line is cut around the caret.
 */
export function createExcerpt(
  line: string,
  [from, to]: Offsets,
  masks: readonly Offsets[],
): Excerpt {
  const [start, end] = line.length <= longestLine ? [0, line.length] : around(line, from)
  const cells = [...split(line, start, end, masks)]
  const under = cells.filter((cell) => cell.end > from && cell.start < Math.max(to, from + 1))
  const lead = cells.filter((cell) => cell.end <= from)
  return {
    text: cells.map(({ text }) => text).join(''),
    indent: total(lead),
    width: Math.max(1, total(under)),
  }
}

function around(line: string, from: number): Offsets {
  const start = Math.max(0, Math.min(from - before, line.length - longestLine))
  return [start, Math.min(line.length, start + longestLine)]
}

function* split(
  line: string,
  start: number,
  end: number,
  masks: readonly Offsets[],
): Generator<Cell> {
  if (start > 0) yield { start: 0, end: start, text: '…', width: 1 }
  let at = start
  for (const [maskStart, maskEnd] of merge(masks)) {
    if (maskEnd <= at || maskStart >= end) continue
    yield* graphemes(line, at, maskStart)
    yield { start: maskStart, end: maskEnd, text: mask, width: mask.length }
    at = maskEnd
  }
  yield* graphemes(line, at, end)
  if (end < line.length) yield { start: end, end: line.length, text: '…', width: 1 }
}

/** Made when it is needed, which takes a while. */
let segmenter: Intl.Segmenter | undefined

function* graphemes(line: string, start: number, end: number): Generator<Cell> {
  if (start >= end) return
  const slice = line.slice(start, end)
  if (/^[ -~]+$/.test(slice)) {
    for (let at = start; at < end; at += 1) {
      yield { start: at, end: at + 1, text: line.charAt(at), width: 1 }
    }
    return
  }
  segmenter ??= new Intl.Segmenter()
  for (const { segment, index } of segmenter.segment(slice)) {
    const text = printable(segment)
    const width = text === segment ? (wide.test(segment) ? 2 : 1) : text.length
    yield { start: start + index, end: start + index + segment.length, text, width }
  }
}

function merge(masks: readonly Offsets[]): Offsets[] {
  const merged: Offsets[] = []
  for (const next of masks.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1)
    if (last !== undefined && next[0] < last[1]) {
      merged[merged.length - 1] = [last[0], Math.max(last[1], next[1])]
    } else merged.push(next)
  }
  return merged
}

function total(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}

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
      code,
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
