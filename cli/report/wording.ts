import type { Dates } from './dates.ts'
import type { Notice, Verified } from './model.ts'
import type { Words } from './words.ts'

/** Words what the report found itself. */
export function ownWords(
  { kind, subject }: Notice,
  { words, dates }: { readonly words: Words; readonly dates: Dates },
): string {
  if (kind === null) return ''
  const isDate = kind === 'expired' || kind === 'ends'
  return words.warningKinds[kind](isDate ? dates.day(subject ?? '') : `\`${subject ?? ''}\``)
}

/** Words a result of verify. One of a later version stays as it is. */
export function resultWord(
  results: Readonly<Record<string, string>>,
  { result }: Verified,
): string {
  return Object.hasOwn(results, result) ? (results[result] ?? result) : result
}
