import { LineCounter } from 'yaml'
import { isUtf16 } from '../read-file.ts'
import { wholeText } from './tree.ts'
import type { Offsets } from './tree.ts'

/** The text of a manifest, with what is needed to point into it. */
export interface Source {
  /** The file, as it was given. */
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
  /** Where the bytes stop being UTF-8, and why. */
  readonly damage?: { readonly at: Offsets; readonly message: string }
}

/** Decodes a manifest: UTF-8, a byte order mark left out, with lines that end with LF or CRLF, as they do for YAML. */
export function createSource(file: string, bytes: Uint8Array): Source {
  const text = new TextDecoder().decode(bytes)
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1)
  }
  const damage = findDamage(bytes, text)
  return { file, text, lines, ...(damage && { damage }) }
}

/** The text of a line, counted from 1, without its end. */
export function lineText({ text, lines }: Source, line: number): string {
  const start = lines.lineStarts[line - 1] ?? text.length
  const next = lines.lineStarts[line]
  return text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, '')
}

function findDamage(bytes: Uint8Array, text: string): Source['damage'] | undefined {
  if (isUtf16(bytes)) {
    return { at: wholeText, message: 'The file is UTF-16. Save it as UTF-8.' }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return undefined
  } catch {
    const message = 'The file is not UTF-8 from here on. Save it as UTF-8.'
    const offset = text.indexOf('\uFFFD')
    return { at: [offset, offset + 1], message }
  }
}
