import { readFileSync, statSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { EmulatorConfigError } from '../errors.ts'
import { checkValue } from '../problems.ts'
import { configSchema, type EmulatorSettings } from './schema.ts'

/**
 * Reads and checks the emulator's configuration.
 *
 * @param source the configuration, or the path of its YAML file
 * @throws EmulatorConfigError with every problem, each with its path and, in a file, its line
 */
export function loadConfig(source: unknown): EmulatorSettings {
  if (typeof source !== 'string') return check(source)
  const lines = new LineCounter()
  const document = parseDocument(readText(source), { lineCounter: lines })
  if (document.errors.length > 0) {
    throw new EmulatorConfigError(
      document.errors.map(({ pos: [start] }) => {
        const { line, col } = lines.linePos(start)
        return `${source}:${line}:${col}: the text is not YAML from here on. Look for a wrong indentation, quote, bracket or colon.`
      }),
    )
  }
  return check(toValue(document, source), (path, keys) => {
    const { line, col } = lines.linePos(nearestOffset(document, keys))
    return `${source}:${line}:${col}: ${path}`
  })
}

function check(value: unknown, locate?: Parameters<typeof checkValue>[3]): EmulatorSettings {
  const checked = checkValue(configSchema, value, 'configuration', locate)
  if ('data' in checked) return checked.data
  throw new EmulatorConfigError(checked.problems)
}

function toValue(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS() ?? {}
  } catch {
    throw new EmulatorConfigError([
      `${source}: its aliases expand without limit. Write the values out.`,
    ])
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist. Check the path.',
  ENOTREG: 'the path is that of a FIFO, a socket or a device. Name a regular file.',
  EISDIR: 'the path is that of a directory. Name a file in it.',
}

function readText(file: string): string {
  try {
    // To open a FIFO would block, and a device may have no end.
    const stats = statSync(file)
    if (!stats.isFile() && !stats.isDirectory())
      throw Object.assign(new Error('no regular file'), { code: 'ENOTREG' })
    // The library takes no carriage return alone for a line break, as YAML does.
    return readFileSync(file, 'utf8').replace(/\r(?!\n)/g, '\n')
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    const reason = reasons[code] ?? `the file cannot be read (${code}). Check its permissions.`
    throw new EmulatorConfigError([`${file}: ${reason}`])
  }
}

/** Returns the offset of the value at a path, or of the nearest value around it. */
function nearestOffset(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0])
    }
  }
  return 0
}
