import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { EmulatorConfigError, formatPath } from './error.ts'
import { type CompleteConfig, configSchema } from './schema.ts'

/**
 * Reads and judges the emulator's configuration, from an object or from a YAML file.
 *
 * @throws EmulatorConfigError with every problem at once, each naming its path and, in a file, its line
 */
export function loadConfig(source: unknown): CompleteConfig {
  if (typeof source !== 'string') return judge(source, (path) => path)
  const lines = new LineCounter()
  const document = parseDocument(readText(source), { lineCounter: lines })
  if (document.errors.length > 0) {
    throw new EmulatorConfigError(
      document.errors.map((error) => `${source}: ${error.message.split('\n')[0] ?? ''}`),
    )
  }
  return judge(toValue(document, source), (path, keys) => {
    const offset = nearestOffset(document, keys)
    const { line, col } = lines.linePos(offset)
    return `${source}:${line}:${col} ${path}`
  })
}

type Locate = (path: string, keys: readonly PropertyKey[]) => string

function judge(value: unknown, locate: Locate): CompleteConfig {
  const parsed = configSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new EmulatorConfigError(
    parsed.error.issues.map(
      (issue) =>
        `${locate(formatPath(issue.path, 'configuration'), issue.path)}: ${explain(issue)}`,
    ),
  )
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`
  return issue.message.replace(/^Invalid input: /, '')
}

function toValue(document: Document.Parsed, source: string): unknown {
  try {
    return document.toJS() ?? {}
  } catch {
    throw new EmulatorConfigError([`${source}: has aliases that expand without measure`])
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

/** Where the value at a path stands, or the nearest thing around it that exists. */
function nearestOffset(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0])
    }
  }
  return 0
}
