import type { KnownPsc } from './fact.ts'
import { safeid } from './safeweb.ts'
import { neoid, serproid } from './serpro.ts'
import { birdid, vaultid } from './soluti.ts'
import { standard } from './standard.ts'
import { vidaas } from './valid.ts'

/** The PSCs that are known by name, and the standard that others can extend. */
export const knownPscs = {
  standard,
  neoid,
  serproid,
  vidaas,
  birdid,
  vaultid,
  safeid,
} as const satisfies Record<string, KnownPsc>

/** The names of the known PSCs. */
export type PscName = keyof typeof knownPscs

/** The names of the known PSCs, in the order in which they are shown. */
export const pscNames = Object.keys(knownPscs) as readonly PscName[]

/** Whether a value is the name of a known PSC. */
export function isPscName(name: unknown): name is PscName {
  return typeof name === 'string' && Object.hasOwn(knownPscs, name)
}

/** What is known of a PSC. */
export function knownPsc(name: PscName): KnownPsc {
  return knownPscs[name]
}
