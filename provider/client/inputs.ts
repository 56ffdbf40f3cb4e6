import type { Preflight } from '../engine/configuration.ts'
import type { SecretReference } from '../engine/secret.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import type { Endpoints } from '../psc/profiles/profile.ts'
import type { ClientDocument } from '../psc/requests/client-maintenance.ts'
import type { CertificateNames } from '../rules/certificate.ts'

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
