import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What must not be found, by how it is called. */
export type Canaries = ReadonlyMap<string, string>

/** The names of the canaries that a text holds, in whatever form. */
export function canariesIn(text: string, canaries: Canaries): string[] {
  const name = ([called, value]: readonly [string, string]): string[] =>
    formsOf(value).some((form) => text.includes(form)) ? [called] : []
  return [...new Set([...canaries].flatMap(name))]
}

/** File → the canaries that it holds, below a folder. */
export function canariesBelow(
  folder: string,
  canaries: Canaries,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path)
    if (!statSync(file).isFile()) continue
    const names = canariesIn(readFileSync(file, 'utf8'), canaries)
    if (names.length > 0) found.set(path, names)
  }
  return found
}

/** Plain, as JSON, percent-encoded, as a form, in hexadecimal, and in base64 wherever in a longer text. */
export function formsOf(value: string): string[] {
  const bytes = Buffer.from(value)
  const percent = encodeURIComponent(value)
  const ascii = JSON.stringify(value)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // What stands before shifts the groups of three; the groups at the ends depend on their neighbours.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(shift === 0 ? 0 : 4, -3)
  })
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    ascii,
    // As Go writes JSON.
    ascii.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    new URLSearchParams({ '': value }).toString().slice(1),
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}
