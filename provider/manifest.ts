export { declareManifest } from './declare-manifest.ts'
export type { DeclaredManifest } from './declare-manifest.ts'
export { loadManifest } from './manifest/load.ts'
export type { LoadOptions } from './manifest/load.ts'
export type {
  Manifest,
  ManifestClient,
  ManifestClientArgs,
  ManifestCredential,
} from './manifest/build.ts'
export { ManifestError } from './manifest/problem.ts'
export type { Excerpt, ManifestProblem, SourceRange } from './manifest/problem.ts'
