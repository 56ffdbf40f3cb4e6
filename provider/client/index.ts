// What the commands need of the clients that a state holds.
import type { Bag } from '../engine/border.ts'
import { Journal } from '../engine/journal.ts'
import { systemClock } from '../http/message.ts'
import { nameOfPsc, type PscReference } from '../psc/profiles/profile-args.ts'
import type { ClientDocument } from '../rules/client-fields.ts'
import { type ClientOutputs, isAsDeclared, subjectOf } from './inputs.ts'
import { clientReader } from './state.ts'

/** A client in an exported state. */
export type StoredClient = ClientOutputs

/** Reads the outputs of a client from an exported state. */
export function readStoredClient(outputs: Bag): StoredClient {
  return clientReader.outputs(outputs)
}

/** Tells whether a refresh found other redirect URIs at the PSC than declared, also one before the last refresh. */
export function hasDrifted(outputs: Bag): boolean {
  return clientReader.outputs(outputs).drift?.declared !== undefined
}

/** Makes a key that is the same for a client in a state and in a manifest. */
export function clientKey(client: {
  readonly psc: PscReference
  readonly clientId: string
}): string {
  const { psc, clientId } = client
  const environment = typeof psc === 'string' ? undefined : psc.environment
  return JSON.stringify([nameOfPsc(psc), environment, clientId])
}

/** Tells whether a state shows that the PSC has a client as it is declared. */
export function isStoredAsDeclared(stored: StoredClient, declared: ClientDocument): boolean {
  return isAsDeclared(stored, declared)
}

/** Records on this machine that it is unsure what the PSC has of a client: the provider then writes it again. */
export async function recordDoubt(stored: StoredClient): Promise<void> {
  await new Journal(systemClock).begin(subjectOf(stored), stored.writtenAt)
}
