// What the commands need of manifests. It loads neither the engine nor anything that speaks to a network.
export type { SecretReference } from '../rules/client-secret.ts'
export { formatPath } from '../rules/problem.ts'
export type { Manifest, ManifestClient, ManifestClientArgs, ManifestCredential } from './build.ts'
export { type CheckedManifest, checkManifest, loadManifest, type LoadOptions } from './load.ts'
export {
  formatProblems,
  ManifestError,
  type ManifestProblem,
  type Paint,
  problemEntry,
  problemText,
} from './problem.ts'
export { manifestJsonSchema } from './schema.ts'
