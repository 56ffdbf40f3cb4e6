import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { endpointsOf, type PscProfile } from '../psc/profiles/profile.ts'
import { type ClientInputs, subjectOf, type Written } from './inputs.ts'

/** What a run declares of a client, in whichever resource. */
interface Sibling {
  readonly news: Declared<ClientInputs>
  /** Whether this run has written it. */
  isWritten: boolean
}

/** Notes that this run declares a client, so that a resource that leaves it under another name knows. */
export function noteDeclared(
  { run }: Context,
  news: Declared<ClientInputs>,
  profile: PscProfile,
): void {
  const { clientId } = news
  if (!isKnown<string>(clientId)) return
  run.declared.set(keyOf({ endpoints: endpointsOf(profile), clientId }), { news, isWritten: false })
}

/** Finds what this run declares of the client that a resource describes. */
export function findDeclared({ run }: Context, written: Written): Sibling | undefined {
  return run.declared.get(keyOf(written)) as Sibling | undefined
}

/** Notes that this run has written a client. */
export function noteWritten(context: Context, written: Written): void {
  const declared = findDeclared(context, written)
  if (declared) declared.isWritten = true
}

/** Notes that a refresh has read a client. */
export function noteRead({ run }: Context, written: Written): void {
  run.read.add(keyOf(written))
}

/** Tells whether a comparison is that of a refresh: the first one after the read. */
export function isReadJustNow({ run }: Context, written: Written): boolean {
  return run.read.delete(keyOf(written))
}

function keyOf(written: Written): string {
  const { address, clientId } = subjectOf(written)
  return JSON.stringify([address, clientId])
}
