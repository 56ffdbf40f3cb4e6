import type { KnownPsc } from './fact.ts'
import { safeid } from './safeweb.ts'
import { neoid, serproid } from './serpro.ts'
import { birdid, vaultid } from './soluti.ts'
import { standard } from './standard.ts'
import { vidaas } from './valid.ts'

/** Lists the known PSCs, and the standard that a profile can extend. */
export const knownPscs = {
  standard,
  neoid,
  serproid,
  vidaas,
  birdid,
  vaultid,
  safeid,
} as const satisfies Record<string, KnownPsc>

/** Names a known PSC. */
export type PscName = keyof typeof knownPscs

/** Lists the names of the known PSCs in the order of display. */
export const pscNames = Object.keys(knownPscs) as readonly PscName[]

/** Tells whether a value is the name of a known PSC. */
export function isPscName(name: unknown): name is PscName {
  return typeof name === 'string' && Object.hasOwn(knownPscs, name)
}

/** Returns the facts about a PSC. */
export function knownPsc(name: PscName): KnownPsc {
  return knownPscs[name]
}
