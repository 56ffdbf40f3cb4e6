import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { EmulatorConfigError, problemsOf } from '../errors.ts'
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
      document.errors.map((error) => `${source}: ${error.message.split('\n')[0] ?? ''}`),
    )
  }
  return check(toValue(document, source), (path, keys) => {
    const { line, col } = lines.linePos(nearestOffset(document, keys))
    return `${source}:${line}:${col} ${path}`
  })
}

function check(value: unknown, locate?: Parameters<typeof problemsOf>[2]): EmulatorSettings {
  const parsed = configSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new EmulatorConfigError(problemsOf(parsed.error, 'configuration', locate))
}

function toValue(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS() ?? {}
  } catch {
    throw new EmulatorConfigError([
      `${source}: its aliases expand without limit. Write the values out`,
    ])
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new EmulatorConfigError([`${file}: cannot be read (${code})`])
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
