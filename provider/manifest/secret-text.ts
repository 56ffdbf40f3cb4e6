import type { Offsets } from './tree.ts'

/** A key whose value is a secret, however it is misspelt and wherever it stands. */
export const secretKey = /secr|senha|passw|token|segredo|private/i

const references: ReadonlyMap<string, RegExp> = new Map([
  // What does not look like the name of a variable may be the secret itself.
  ['env', /^[A-Z_][A-Z0-9_]*$/],
  ['file', /^/],
  ['config', /^/],
])

/** Whether the value of a reference to a secret may be shown. */
export function isShownReference(kind: string, value: string): boolean {
  return references.get(kind)?.test(value) ?? false
}

const keyInLine = /(?:secr|senha|passw|token|segredo|private)[\w-]*["']?\s*[:=]/gi
const referenceInLine = /\s*\{\s*(env|file|config)\s*:\s*([^\s{},"']*)\s*\}/y
const referenceAlone = /^\s*(env|file|config)\s*:\s*(\S*)\s*$/

/**
 * Where a text that is no YAML may have secrets: from a secret's key to the end of its line, and on through the lines
 * that are indented deeper, or to the quote that ends it.
 */
export function secretsInBrokenText(text: string): Offsets[] {
  const found: Offsets[] = []
  let start = 0
  let continues: ((line: string) => boolean) | undefined
  for (const line of text.split('\n')) {
    const from = secretStart(line)
    if (from !== undefined) {
      found.push([start + from, start + line.length])
      continues = continuation(line, from)
    } else if (continues?.(line) === true) {
      if (!isReferenceAlone(line)) found.push([start, start + line.length])
    } else {
      continues = undefined
    }
    start += line.length + 1
  }
  return found
}

/** Where the first secret of a line starts: after its key, unless a reference is all that follows the key. */
function secretStart(line: string): number | undefined {
  for (const { index, 0: key } of line.matchAll(keyInLine)) {
    const after = index + key.length
    referenceInLine.lastIndex = after
    const [, kind = '', value = ''] = referenceInLine.exec(line) ?? []
    if (!isShownReference(kind, value)) return after
  }
  return undefined
}

function isReferenceAlone(line: string): boolean {
  const [, kind = '', value = ''] = referenceAlone.exec(line) ?? []
  return isShownReference(kind, value)
}

/** Tells of each line that follows whether the value goes on in it. */
function continuation(first: string, from: number): (line: string) => boolean {
  const indent = first.search(/[^\s-]/)
  const quote = /^\s*(["'])/.exec(first.slice(from))?.[1]
  let open = quote !== undefined && first.slice(from).split(quote).length % 2 === 0
  return (line) => {
    if (open) {
      open = quote !== undefined && line.split(quote).length % 2 === 1
      return true
    }
    // A tab is no indentation, and may have been meant as one.
    return line.trim() === '' || line.startsWith('\t') || line.search(/\S/) > indent
  }
}
