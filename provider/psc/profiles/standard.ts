import { type KnownPsc, quoted } from './fact.ts'

/** Where the standard speaks of application services. */
export const standardText = 'DOC-ICP-17.01 v3.0, section 6.4'

/**
 * The text that all PSCs follow, each in its own way. It has no address: a PSC that extends it brings one.
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
