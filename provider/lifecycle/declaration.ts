import type { ClientDocument } from '../psc/maintenance/client-maintenance.ts'
import type { Endpoints, PscReference } from '../psc/profiles/profile.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { unknownValue } from '../rules/unknown.ts'
import type { Preflight } from './configuration.ts'
import type { SecretReference } from './secret.ts'

/** A client as the engine keeps it in the inputs. */
export interface ClientInputs {
  readonly psc: PscReference
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  /** The secret that may still be in force, from which it is changed to `clientSecret`. */
  readonly previousClientSecret?: string | SecretReference | null
  readonly name: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  readonly certificate: Omit<CertificateNames, 'notBefore'>
  readonly preflight?: Preflight
}

/** A client as the engine keeps it in the outputs. */
export interface ClientOutputs extends ClientInputs {
  readonly endpoints: Endpoints
  /** What the PSC echoed when it was last written; null where it echoes nothing. */
  readonly registered: ClientDocument | null
  /** Not known to be at the PSC as declared: the next apply writes it again, whatever is declared then. */
  readonly settled?: false
}

/** What the engine passes in place of a value that is not known yet. */
const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** An object from the engine, with `unknownValue` where a value is not known yet, and without the door's own key. */
export function readDeclaration(
  properties: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { __provider, ...declared } = properties
  return markUnknown(declared) as Record<string, unknown>
}

function markUnknown(value: unknown): unknown {
  if (value === engineUnknown) return unknownValue
  if (Array.isArray(value)) return value.map(markUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, markUnknown(v)]))
}

/** Whether anything in a value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown)
}

/** What a PSC is told of a client: an explicit list of fields, the secret never among them. */
export function toDocument(inputs: ClientDocument): ClientDocument {
  return {
    clientId: inputs.clientId,
    name: inputs.name,
    comments: inputs.comments,
    email: inputs.email,
    redirectUris: inputs.redirectUris,
  }
}

/** How messages call a client. */
export function describeClient({
  name,
  clientId,
}: Pick<ClientInputs, 'name' | 'clientId'>): string {
  const known = [name, clientId].map((value) =>
    typeof value === 'string' ? value : '(not known yet)',
  )
  return `"${known.join('" (')})`
}
