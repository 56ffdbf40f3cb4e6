import type { Outcome } from '../engine/border.ts'

/**
 * Describes in a preview how many new clients and credentials were verified, and where applying would write to.
 *
 * @param reasons why some were not verified.
 */
export function describeOutcomes(outcomes: readonly Outcome[], reasons: Iterable<string>): string {
  const addresses = new Set(outcomes.flatMap(({ writesTo }) => writesTo ?? []))
  const verified = outcomes.filter(({ isVerified }) => isVerified).length
  const isClients = outcomes.every(({ writesTo }) => writesTo !== undefined)
  const what = isClients ? 'client' : 'client or credential'
  const whats = isClients ? 'clients' : 'clients and credentials'
  const rest = outcomes.length - verified
  const entries = `${outcomes.length} new ${outcomes.length === 1 ? what : whats}`
  const unverified = rest === 0 ? '' : `, ${rest} not: ${[...reasons].join('; ')}`
  const sentences = [`${entries}: ${verified} verified by a token${unverified}.`]
  if (addresses.size > 0) sentences.push(`Applying writes to ${[...addresses].join(', ')}.`)
  return sentences.join(' ')
}
