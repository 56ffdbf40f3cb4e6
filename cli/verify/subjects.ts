import type { ManifestSecret } from '../../provider/manifest/build.ts'
import { loadManifest } from '../../provider/manifest/load.ts'
import { issuerOf, resolveIssuer, type TokenIssuer } from '../../provider/psc/issuers.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'

/** A client or a credential whose token is obtained. */
export interface Subject {
  readonly kind: 'client' | 'credential'
  /** Its key in the manifest. */
  readonly name: string
  readonly issuer: TokenIssuer
  readonly clientId: string
  readonly clientSecret: ManifestSecret
}

/**
 * Every client and credential of a manifest, in its order.
 *
 * @throws {ManifestError} with every problem of the manifest.
 */
export function readSubjects(manifest: string): Subject[] {
  const { clients, credentials } = loadManifest(manifest)
  return [
    ...clients.map(({ key, args: { psc, clientId, clientSecret } }) => ({
      kind: 'client' as const,
      name: key,
      issuer: issuerOf(resolveProfile(psc)),
      clientId,
      clientSecret,
    })),
    ...credentials.map(({ key, args: { issuer, authBaseUrl, clientId, clientSecret } }) => ({
      kind: 'credential' as const,
      name: key,
      issuer: resolveIssuer(issuer, authBaseUrl, (reference) => resolveProfile(reference)),
      clientId,
      clientSecret,
    })),
  ]
}
