import { type KnownPsc, quoted } from './fact.ts'

/** Names the section of the standard on application services. */
export const standardText = 'DOC-ICP-17.01 v3.0, section 6.4'

/**
 * Describes the standard that all PSCs follow with differences. It has no address: a PSC that extends it declares one.
 *
 * @see https://www.gov.br/iti: DOC-ICP-17.01, IN ITI 20/2020
 */
export const standard: KnownPsc = {
  title: 'the text of the standard',
  environments: {},
  capabilities: {
    maintenance: quoted(true, `${standardText}: PUT /client_maintenance`),
    echoes: quoted(false, `${standardText}: the answer holds client_id alone`),
    rotates: quoted(true, `${standardText}: client_secret, the new secret`),
    registration: quoted('application', `${standardText}: POST /application`),
    tokenRequest: quoted('form', `${standardText}: POST /client_token`),
    tokenHasSideEffects: quoted(false, `${standardText}: it names none`),
    ownUriSchemes: quoted([], `${standardText}: it names none`),
  },
}
