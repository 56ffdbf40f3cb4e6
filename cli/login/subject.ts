import type { ManifestClientArgs } from '../../provider/manifest/build.ts'
import { loadManifest } from '../../provider/manifest/load.ts'
import { type PscProfile, resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { type Scope, scopes, type SignInRequest } from '../../provider/psc/sign-in/authorization.ts'
import { nearest } from '../../provider/rules/nearest.ts'
import { UsageError } from '../usage-error.ts'

/** The least that can be asked for: it lets nobody sign anything. */
const defaultScope: Scope = 'authentication_session'

/** A client of a manifest, whose sign-in is proven. */
export interface LoginSubject {
  /** Its key in the manifest. */
  readonly key: string
  readonly profile: PscProfile
  readonly client: ManifestClientArgs
}

/**
 * @throws {ManifestError} with every problem of the manifest.
 * @throws {UsageError} for a client that it does not declare.
 */
export function findSubject(manifest: string, key: string): LoginSubject {
  const { clients } = loadManifest(manifest)
  const found = clients.find((client) => client.key === key)
  if (found) return { key, profile: resolveProfile(found.args.psc), client: found.args }
  const keys = clients.map((client) => client.key)
  const near = nearest(key, keys)
  const advice = near
    ? `did you mean ${near}?`
    : keys.length > 0
      ? `it declares ${keys.slice(0, 10).join(', ')}${keys.length > 10 ? ', …' : ''}`
      : 'it declares none'
  throw new UsageError(`${manifest} declares no client "${key}": ${advice}`)
}

/** @throws {UsageError} for a scope or a redirect URI that cannot be granted. */
export function readRequest(
  { key, client }: LoginSubject,
  flags: { readonly scope?: string; readonly redirectUri?: string },
): SignInRequest {
  const scope = scopes.find((known) => known === (flags.scope ?? defaultScope))
  if (!scope) {
    throw new UsageError(
      `the scope "${String(flags.scope)}" is none of those that are documented: ${scopes.join(', ')}`,
    )
  }
  const { clientId, redirectUris } = client
  const redirectUri = redirectUris.find((uri) => uri === (flags.redirectUri ?? redirectUris[0]))
  if (redirectUri === undefined) {
    throw new UsageError(
      `${String(flags.redirectUri)} is no redirect URI of ${key}: use one of ${redirectUris.join(', ')}`,
    )
  }
  return { clientId, redirectUri, scope }
}
