import type { Language } from '../language.ts'
import type { Code } from '../../provider/codes.ts'

/** Names a client and where it is registered. */
export interface Place {
  /** Null if no file tells it. */
  readonly stack: string | null
  /** The key in the manifest, which is the name of the resource. */
  readonly entry: string
  /** The name that people see when they sign in. Null if it is not known yet. */
  readonly name: string | null
  /** Null if it is not known yet. */
  readonly clientId: string | null
  readonly psc: string
  /** The environment of the PSC that has the address. Null for an address of its own. */
  readonly environment: string | null
  readonly baseUrl: string | null
}

/** Tells where a secret is, never what it is. `inline`: it was given as text. */
export interface SecretPlace {
  readonly kind: 'env' | 'file' | 'config' | 'inline'
  /** The name of the variable, the file or the key. Null for `inline`. */
  readonly name: string | null
}

export interface Certificate {
  readonly hosts: readonly string[]
  /** ISO 8601; null if only host names were declared. */
  readonly notAfter: string | null
  readonly fingerprint256: string | null
}

/** A field of a client that a change touches, besides the redirect URIs. */
export type ChangedField =
  | 'name'
  | 'comments'
  | 'email'
  | 'clientSecret'
  | 'previousClientSecret'
  | 'certificate'
  | 'preflight'
  | 'address'
  | 'entry'
  | 'stack'

export interface FieldChange {
  readonly field: ChangedField
  readonly before: string | null
  readonly after: string | null
}

/** What `pulumi up` does with a client. */
export interface Change extends Place {
  /** `leaves`: it leaves the stack and stays registered. `registers`: an application is registered anew. */
  readonly kind: 'new' | 'changed' | 'leaves' | 'registers'
  /** Sign-ins that return there will fail. Empty for a client that leaves. */
  readonly removedUris: readonly string[]
  readonly addedUris: readonly string[]
  /** The new default, which is the first redirect URI; null if it stays. */
  readonly newDefaultUri: string | null
  readonly fields: readonly FieldChange[]
}

/** The last write of a client. */
export interface Applied {
  /** ISO 8601, UTC. */
  readonly at: string | null
  /** False if the outcome of the last write is unknown. */
  readonly isSettled: boolean
  /** `none`: the PSC echoes nothing. */
  readonly echo: 'same' | 'different' | 'none'
  /** Declared redirect URIs that a refresh did not find at the PSC. */
  readonly missingUris: readonly string[]
}

/** The last result of `pulumi-psc verify`. */
export interface Verified {
  /** ISO 8601, UTC; null in a report of an older version. */
  readonly at: string | null
  readonly result: string
  readonly code: string | null
  readonly message: string | null
  /** The last success, if the last result is none. */
  readonly lastOk: string | null
  /** Redirect URIs that the PSC does not have. */
  readonly missingUris: readonly string[]
}

/** A client of the inventory. */
export interface Client extends Place {
  /** `declared`: not written yet, or no state was given. */
  readonly status: 'new' | 'changed' | 'leaves' | 'applied' | 'declared'
  readonly email: string | null
  readonly comments: string | null
  readonly redirectUris: readonly string[]
  readonly certificate: Certificate | null
  readonly secret: SecretPlace | null
  readonly applied: Applied | null
  readonly verified: Verified | null
}

/** A credential that is verified and not managed. */
export interface Credential {
  readonly stack: string | null
  readonly entry: string
  readonly issuer: string
  readonly clientId: string | null
  readonly secret: SecretPlace | null
  readonly verified: Verified | null
}

/** The kinds of warnings that the report itself finds. The catalogue words them. */
export type NoticeKind = 'expired' | 'ends' | 'unsettled' | 'missingUri' | 'notVerified' | 'differs'

/** A refusal or a warning. */
export interface Notice {
  readonly severity: 'error' | 'warning'
  readonly code: string | null
  /** The words of a command. Null if the report found it itself. */
  readonly message: string | null
  /** The language of the message. Inside Pulumi it is English. */
  readonly language: Language | null
  /** What the report found itself. */
  readonly kind: NoticeKind | null
  /** What it is about: an ISO 8601 date, a redirect URI, a code. */
  readonly subject: string | null
  readonly clients: readonly Pick<Place, 'stack' | 'entry' | 'name'>[]
}

/** A file that was read. */
export interface Source {
  readonly kind: 'manifest' | 'state' | 'preview' | 'verify'
  readonly file: string
}

/** Everything that a report shows, without a word of any language. */
export interface Report {
  /** ISO 8601, UTC. */
  readonly generated: string
  readonly sources: readonly Source[]
  readonly stacks: readonly string[]
  /** `psc:certificateExpiryWarningDays` */
  readonly warningDays: number
  readonly refusals: readonly Notice[]
  readonly changes: readonly Change[]
  readonly warnings: readonly Notice[]
  readonly clients: readonly Client[]
  readonly credentials: readonly Credential[]
}

/** The codes of what the report finds itself. */
export const codeOf = {
  expired: 'WARN_PSC_CERTIFICATE_EXPIRED',
  ends: 'WARN_PSC_CERTIFICATE_EXPIRES',
  unsettled: 'WARN_PSC_NOT_SETTLED',
  missingUri: 'WARN_PSC_URI_NOT_REGISTERED',
  notVerified: null,
  differs: null,
} as const satisfies Readonly<Record<NoticeKind, Code | null>>

/** Tells whether a report knows what a change does. */
export function hasPreview({ sources }: Report): boolean {
  return sources.some(({ kind }) => kind === 'preview')
}
