import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Between two columns. */
const gap = '  '

/** In characters: a column is not made narrower. */
const narrowest = 12

/**
 * Writes rows as aligned columns. On a terminal, cells wrap so that a row fits; a word that is longer, such as an address,
 * goes on in the next line. Elsewhere, a row is one line, for `grep`.
 *
 * @param options.indent what each line begins with.
 * @param options.columns the width of the terminal, in characters; Infinity without one. Default: that of standard output.
 */
export function table(
  rows: readonly (readonly string[])[],
  { indent = '', columns = terminalWidth() }: { indent?: string; columns?: number } = {},
): string {
  const natural = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  )
  const widths = fit(natural, columns - indent.length)
  return rows.flatMap((row) => linesOf(row, widths).map((line) => indent + line)).join('\n')
}

/**
 * Breaks sentences between words, where a terminal would break inside of one, and keeps the indentation of each. A longer
 * word, such as an address, stays whole. A line of a file with its caret stays as it is. Elsewhere than on a terminal, a
 * sentence is one line, for `grep`.
 *
 * @param columns default: the width of the terminal of standard output.
 */
export function wrapSentences(text: string, columns = terminalWidth()): string {
  if (columns === Infinity) return text
  return text
    .split('\n')
    .map((line) => {
      const [indent] = /^ */.exec(line) ?? ['']
      if (/^ *\d* \| /.test(line)) return line
      const wrapped = wrapAnsi(line.slice(indent.length), columns - indent.length)
      return indent + wrapped.replaceAll('\n', `\n${indent}`)
    })
    .join('\n')
}

/** Returns the width of a terminal in characters; Infinity elsewhere. */
export function terminalWidth(stream: NodeJS.WriteStream = process.stdout): number {
  // A terminal may report no width, as 0.
  return stream.columns || Infinity
}

function linesOf(row: readonly string[], widths: readonly number[]): string[] {
  const cells = widths.map((width, column) =>
    wrapAnsi(row[column] ?? '', width, { hard: true }).split('\n'),
  )
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, column) => pad(cell[line] ?? '', widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  )
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

/** Makes the widest columns narrower until a row fits. */
function fit(natural: readonly number[], columns: number): number[] {
  const widths = [...natural]
  const excess = () =>
    widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - columns
  while (excess() > 0 && Math.max(...widths) > narrowest) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}
