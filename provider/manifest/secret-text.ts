import type { Offsets } from './tree.ts'

const secretWord =
  '(?:secr|segredo|senha|passw|pwd|token(?!Request|HasSideEffects)|private|chave|api.?key)'

/** A key whose value is a secret, however it is misspelt and wherever it stands. */
export const secretKey = new RegExp(secretWord, 'i')

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

const keyInLine = new RegExp(`${secretWord}[\\w-]*["']?[\\s:=#]*`, 'gi')
const referenceInLine = /\{\s*(env|file|config)\s*:\s*([^\s{},"']*)\s*\}/y
const referenceAlone = /^\s*(env|file|config)\s*:\s*(\S*)\s*$/

/**
 * Where a text that is no YAML may have secrets: from a secret's key to the end of its line, and on to the quote that
 * ends it, or to the next field that is not indented deeper.
 */
export function secretsInBrokenText(text: string): Offsets[] {
  const found: Offsets[] = []
  let start = 0
  let continues: ((line: string) => boolean) | undefined
  for (const line of text.split('\n')) {
    if (continues?.(line) === true) {
      if (!isReferenceAlone(line)) found.push([start, start + line.length])
    } else {
      const from = secretStart(line)
      if (from !== undefined) found.push([start + from, start + line.length])
      continues = from === undefined ? undefined : continuation(line, from)
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

/** A field whose value is no secret, or a key with nothing behind it. */
const endsSecret =
  /^ *(?:- +)?(?:(?:psc|clientId|name|comments|email|redirectUris|certificate|preflight|stack|issuer|authBaseUrl)\s*:\s|[\w.-]+\s*:\s*$)/

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
    return line.search(/\S/) > indent || !endsSecret.test(line)
  }
}
