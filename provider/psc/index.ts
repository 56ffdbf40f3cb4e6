// The modules of PSCs that the commands use.
export { adviceForMaintenance, isDocumentedCode } from './advice.ts'
export { issuerOf, resolveIssuer, type TokenIssuer } from './issuers.ts'
export type { Fact, KnownPsc, ScopeLifetimes } from './profiles/fact.ts'
export { describeDeletion } from './profiles/capabilities.ts'
export { isPscName, knownPsc, type PscName, pscNames } from './profiles/known.ts'
export { describeUnknownPsc } from './profiles/profile-args.ts'
export { type PscProfile, resolveProfile } from './profiles/profile.ts'
