import { portal, type WithEmulator } from '../support/fixture.ts'

/** The PSCs of the emulator, each with what its document says it can do. */
export const pscs = {
  standard: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  neoid: { echoes: true, rotates: false, maintains: true, sideEffects: false },
  serproid: { echoes: true, rotates: false, maintains: true, sideEffects: false },
  vidaas: { echoes: false, rotates: true, maintains: true, sideEffects: true },
  birdid: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  vaultid: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  safeid: { echoes: false, rotates: false, maintains: false, sideEffects: false },
} as const
export type Psc = keyof typeof pscs

/** The client with the PSC that it is registered at; the text of the standard has no address of its own. */
export function declare(
  psc: Psc,
  { emulator }: WithEmulator,
): Omit<typeof portal, 'psc'> & { psc: unknown } {
  const { standard } = emulator.baseUrls
  return { ...portal, psc: psc === 'standard' ? { extends: psc, baseUrl: standard } : psc }
}

/** What the PSC holds of the client, in the words of a declaration; without what it adds by itself. */
export function held({ emulator }: WithEmulator, psc: Psc): unknown {
  const client = emulator.registered(psc, portal.clientId)
  if (!client) return undefined
  const { name, comments, email } = client
  const redirectUris = client.redirectUris.filter((uri) => uri !== 'push://')
  return { name, comments, email, redirectUris }
}

const { name, comments, email, redirectUris } = portal
/** What it holds after the client was written. */
export const written = { name, comments, email, redirectUris }
