import { createRequire } from 'node:module'
import { say } from '../say.ts'
import { foreign, locateCharacter } from './characters.ts'

const require = createRequire(import.meta.url)

/** Bounds the time, which grows with the product of both. Only the first candidates are compared. */
const longestText = 253

const mostCompared = 2_500

/** Suggests the nearest of some known names for an unknown one, or lists up to twenty. */
export function suggest(name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return nameUnseen(name) + (meant === undefined ? listKnown(known) : say`Did you mean ${meant}?`)
}

/** Names the first character of an unknown name that nobody sees or types, as a sentence with a space after it; else empty. */
export function nameUnseen(name: string): string {
  const wrong = locateCharacter(name, foreign)
  return wrong === undefined ? '' : `${say`It contains ${wrong}.`} `
}

/** Lists up to twenty known names, in a sentence. */
export function listKnown(known: readonly string[]): string {
  const shown = known.slice(0, 20).join(', ')
  return known.length > 20 ? say`Known: ${shown}, ….` : say`Known: ${shown}.`
}

/**
 * Finds the candidate with the smallest edit distance to a text, the first of equals; undefined where all are too far.
 *
 * @param furthest largest distance that still counts as near; default: half of the text's length or 2, whichever is
 *   more
 */
export function nearest(
  text: string,
  candidates: readonly string[],
  furthest = Math.max(2, Math.floor(text.length / 2)),
): string | undefined {
  if (text.length > longestText) return undefined
  // Loaded for a mistake alone: a preview without changes loads no library.
  const { closestMatch } = require('leven') as typeof import('leven')
  return closestMatch(text, candidates.slice(0, mostCompared), { maxDistance: furthest })
}
