import { printable } from './printable.ts'
import type { Excerpt } from './problem.ts'
import type { Offsets } from './tree.ts'

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
