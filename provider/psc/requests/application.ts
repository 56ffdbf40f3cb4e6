import type { HttpRequest } from '../../http/message.ts'
import type { PscProfile } from '../profiles/profile.ts'
import type { ClientDocument } from './client-maintenance.ts'

/** What is registered for an application. */
export interface Application extends Omit<ClientDocument, 'clientId'> {
  /** The one host of the application, for a registration that is signed. */
  readonly host: string
}

/**
 * The request that registers an application, with four fields and nothing else. It must be sent once only: every
 * answer shows a new secret.
 *
 * @see DOC-ICP-17.01 v3.0, section 6.4, `POST /application`
 */
export function applicationRequest(profile: PscProfile, application: Application): HttpRequest {
  return {
    method: 'POST',
    url: `${profile.baseUrl}/application`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: application.name,
      comments: application.comments,
      redirect_uris: application.redirectUris,
      email: application.email,
    }),
    repeatable: false,
  }
}

/**
 * The request that registers an application by a signed text, sent once only as well.
 *
 * @see "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" (NeoID, SerproID), `POST /application_cert`
 */
export function applicationCertRequest(profile: PscProfile, jws: string): HttpRequest {
  return {
    method: 'POST',
    url: `${profile.baseUrl}/application_cert`,
    headers: { 'content-type': 'application/jwt' },
    body: jws,
    repeatable: false,
  }
}
