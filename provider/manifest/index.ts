// What the commands need of manifests. It loads neither the engine nor anything that speaks to a network.
export type { SecretReference } from '../rules/client-secret.ts'
export { formatPath } from '../rules/problem.ts'
export {
  configKeysOf,
  type Manifest,
  type ManifestClient,
  type ManifestClientArgs,
  type ManifestCredential,
} from './build.ts'
export { type CheckedManifest, checkManifest, loadManifest, type LoadOptions } from './load.ts'
export { confineLinks, contains } from './links.ts'
export {
  formatProblems,
  ManifestError,
  type ManifestProblem,
  type Paint,
  problemEntry,
  problemText,
  problemTitle,
} from './problem.ts'
export { locateManifest } from './locate.ts'
export { manifestJsonSchema } from './json-schema.ts'
