import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { IssuerReference, PscReference } from '../psc/profiles/profile-args.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import type { ClientAuthentication, ClientDocument, Preflight } from '../rules/client-fields.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { keyOfPath } from '../rules/config-path.ts'
import type { References } from './entries.ts'
import type { ManifestProblem } from './problem.ts'
import type { ClientEntry, CredentialEntry, ManifestDocument, SecretSource } from './schema.ts'

/** Holds the arguments of `new PscClient(name, …)`. */
export interface ManifestClientArgs extends ClientDocument {
  readonly psc: PscReference
  readonly clientSecret: string | SecretReference
  /** While the secret is rotated. */
  readonly previousClientSecret?: string | SecretReference
  /** Its names, read from the file or the text that the manifest gives; undefined without a certificate. */
  readonly certificate?: Omit<CertificateNames, 'notBefore'>
  readonly preflight?: Preflight
}

/** Holds an entry of `clients`. */
export interface ManifestClient {
  /** Its name in the manifest, and that of its resource. */
  readonly key: string
  readonly args: ManifestClientArgs
  /** The stack of a fleet that the entry names. */
  readonly stack?: string
}

/** Holds an entry of `credentials`. */
export interface ManifestCredential {
  readonly key: string
  readonly args: {
    readonly issuer: IssuerReference
    readonly authBaseUrl?: string
    readonly clientId: string
    readonly clientSecret: string | SecretReference
    readonly clientAuthentication?: ClientAuthentication
    readonly preflight?: Preflight
  }
  readonly stack?: string
}

/** Holds a manifest without errors. */
export interface Manifest {
  /** The file that it was loaded from, as it was given. */
  readonly file: string
  /** The names under `pscs`. */
  readonly pscs: readonly string[]
  /** In the order of the text. */
  readonly clients: readonly ManifestClient[]
  readonly credentials: readonly ManifestCredential[]
  readonly warnings: readonly ManifestProblem[]
}

/**
 * Builds the arguments of every entry of a manifest without errors.
 *
 * @param place.programFolder the folder from which the provider reads the files of secrets.
 * @internal
 */
export function buildManifest(
  document: ManifestDocument,
  references: References,
  { file, programFolder }: { readonly file: string; readonly programFolder: string },
  warnings: readonly ManifestProblem[],
): Manifest {
  const locate = (secret: SecretSource) => relocate(secret, dirname(file), programFolder)
  return {
    file,
    pscs: Object.keys(document.pscs ?? {}),
    clients: Object.entries(document.clients ?? {}).map(([key, client]) => ({
      key,
      args: clientArgs(key, client, references, locate),
      ...(client.stack !== undefined && { stack: client.stack }),
    })),
    credentials: Object.entries(document.credentials ?? {}).map(([key, credential]) => ({
      key,
      args: credentialArgs(credential, references, locate),
      ...(credential.stack !== undefined && { stack: credential.stack }),
    })),
    warnings,
  }
}

function clientArgs(
  key: string,
  client: ClientEntry,
  { certificates, profiles }: References,
  locate: (secret: SecretSource) => string | SecretReference,
): ManifestClientArgs {
  const {
    psc,
    clientSecret,
    previousClientSecret,
    certificate,
    preflight,
    stack: _,
    ...stored
  } = client
  const { names } = certificates.find(certificate, ['clients', key, 'certificate'])
  return {
    ...stored,
    psc: profiles.referenceOf(psc),
    clientSecret: locate(clientSecret),
    ...(previousClientSecret !== undefined && {
      previousClientSecret: locate(previousClientSecret),
    }),
    // A manifest without errors refers to nothing that was not found.
    ...(certificate !== undefined && { certificate: storedNames(names as CertificateNames) }),
    ...(preflight && { preflight }),
  }
}

function storedNames({
  hosts,
  notAfter,
  fingerprint256,
}: CertificateNames): Omit<CertificateNames, 'notBefore'> {
  return { hosts, ...(notAfter && { notAfter }), ...(fingerprint256 && { fingerprint256 }) }
}

function credentialArgs(
  { issuer, authBaseUrl, clientId, clientSecret, clientAuthentication, preflight }: CredentialEntry,
  { profiles }: References,
  locate: (secret: SecretSource) => string | SecretReference,
): ManifestCredential['args'] {
  return {
    issuer: profiles.has(issuer) ? profiles.referenceOf(issuer) : issuer,
    ...(authBaseUrl !== undefined && { authBaseUrl }),
    clientId,
    clientSecret: locate(clientSecret),
    ...(clientAuthentication && { clientAuthentication }),
    ...(preflight && { preflight }),
  }
}

/**
 * Makes a secret's file relative to the program's folder, from which the provider reads it. The path stays relative and
 * has slashes: the state is the same on every machine.
 */
function relocate(
  secret: SecretSource,
  manifestFolder: string,
  programFolder: string,
): string | SecretReference {
  if (typeof secret === 'string') return secret
  const { env, file, config } = secret
  if (env !== undefined) return { env }
  if (config !== undefined) return { config }
  const path = file ?? ''
  if (isAbsolute(path)) return { file: path }
  return {
    file: relative(programFolder, resolve(manifestFolder, path)).split(sep).join('/'),
  }
}

/** Lists the keys of a stack's configuration that the secrets of entries refer to, with their namespace. */
export function configKeysOf(
  { clients, credentials }: Pick<Manifest, 'clients' | 'credentials'>,
  project: string,
): ReadonlySet<string> {
  const secrets = [...clients, ...credentials].flatMap(({ args }) => [
    args.clientSecret,
    'previousClientSecret' in args ? args.previousClientSecret : undefined,
  ])
  return new Set(
    secrets.flatMap((secret) => {
      if (typeof secret !== 'object' || !('config' in secret)) return []
      const key = secret.config.includes(':') ? secret.config : `${project}:${secret.config}`
      return [key, keyOfPath(key)]
    }),
  )
}
