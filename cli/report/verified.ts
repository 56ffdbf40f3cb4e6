import type { Verified } from './model.ts'
import { text, time } from './properties.ts'
import { type Bag } from './sources.ts'
import { isRecord } from '../../provider/rules/text.ts'

/** Identifies what was verified: by the address of its tokens, or else by its PSC. */
export interface Subject {
  readonly clientId: string | null
  readonly tokenUrl: string | null
  readonly psc: string
  readonly entry: string
}

/** Finds the last result of a client or a credential. */
export type FindVerified = (subject: Subject) => Verified | null

/** Indexes the results of verify, of any number of runs. Of the same time, the later one counts. */
export function indexResults(results: readonly Bag[]): FindVerified {
  const sorted = results.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)))
  const byAddress = Map.groupBy(sorted, ({ address, clientId }) => key(address, clientId))
  const byName = Map.groupBy(sorted, ({ psc, name }) => key(psc, name))
  // A result of an older version names neither the address nor the client.
  const isOld = ({ address }: Bag) => text(address) === null
  return ({ clientId, tokenUrl, psc, entry }) => {
    const named = byName.get(key(psc, entry)) ?? []
    if (clientId === null || tokenUrl === null) return latestOf(named)
    // The same name at another address is another client.
    return latestOf(byAddress.get(key(tokenUrl, clientId)) ?? named.filter(isOld))
  }
}

function key(...parts: readonly unknown[]): string {
  return JSON.stringify(parts)
}

function latestOf(results: readonly Bag[]): Verified | null {
  const last = results.at(-1)
  if (!last) return null
  const lastOk = results.findLast(({ result }) => result === 'ok')
  const uris = results.findLast(({ redirectUris }) => Array.isArray(redirectUris))?.redirectUris
  return {
    at: time(last.time),
    result: text(last.result) ?? '?',
    code: text(last.code),
    message: text(last.message),
    lastOk: last.result === 'ok' ? null : time(lastOk?.time),
    missingUris: (Array.isArray(uris) ? uris : [])
      .filter(isRecord)
      .flatMap(({ uri, result }) => (result === 'not registered' ? (text(uri) ?? []) : [])),
  }
}

function timeOf({ time: at }: Bag): string {
  return time(at) ?? ''
}
