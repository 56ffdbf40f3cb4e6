export type { Preflight } from './rules/client-fields.ts'
export type { SecretReference } from './rules/client-secret.ts'
export type { ClientDocument } from './rules/client-fields.ts'
export type { Endpoints } from './psc/profiles/profile.ts'
export type { PscName } from './psc/profiles/known.ts'
export type { IssuerReference, PscProfileArgs, PscReference } from './psc/profiles/profile-args.ts'
export type { CertificateArgs } from './engine/certificate-args.ts'
export type { StoredCertificate } from './engine/certificate-source.ts'
export { PscClient } from './client/resource.ts'
export type { PscClientArgs } from './client/resource.ts'
export { PscRegistration } from './registration/resource.ts'
export type { PscRegistrationArgs } from './registration/resource.ts'
export { TokenCredential } from './credential/resource.ts'
export type { TokenCredentialArgs } from './credential/resource.ts'
export type { Code } from './codes.ts'
export type { PscErrorCode } from './psc/advice.ts'
export {
  CallbackError,
  CertificateError,
  CodedError,
  ConfigurationError,
  FileError,
  IssuerError,
  LostAnswerError,
  NotSettledError,
  PrivateKeyError,
  ProfileError,
  PscError,
  RegistrationChangedError,
  RegistrationFailedError,
  RegistrationPendingError,
  SecretUnavailableError,
} from './errors.ts'
export type { PscErrorKind } from './errors.ts'
export { ManifestError } from './manifest/problem.ts'
