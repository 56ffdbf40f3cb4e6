// What the commands need of PSCs.
export { issuerOf, resolveIssuer, type TokenIssuer } from './issuers.ts'
export type { Fact, KnownPsc } from './profiles/fact.ts'
export { isPscName, knownPsc, type PscName, pscNames } from './profiles/known.ts'
export { type PscProfile, resolveProfile } from './profiles/profile.ts'
