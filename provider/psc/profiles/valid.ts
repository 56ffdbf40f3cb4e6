import { inferred, type KnownPsc, quoted, said } from './fact.ts'
import { longestLifetimes, standardText } from './standard.ts'

const maintenance = 'Valid, "Manutenção de cadastro de aplicação" v1.2'
const manual = 'Valid, "Manual de Integração com VIDaaS" v1.6'

/**
 * Describes Valid's PSC.
 *
 * @see https://validcertificadora.atlassian.net/wiki/spaces/PDD/pages/1575190690
 * @see https://valid-sa.atlassian.net/wiki/spaces/PDD/pages/958365697
 */
export const vidaas: KnownPsc = {
  title: 'VIDaaS (Valid)',
  environments: {
    production: quoted('https://certificado.vidaas.com.br/v0/oauth', manual),
    homologation: quoted('https://hml-certificado.vidaas.com.br/v0/oauth', manual),
    demonstration: quoted(
      'https://demo-certificado.vidaas.com.br/v0/oauth',
      `${maintenance}; the manual v1.6 does not list it`,
    ),
  },
  capabilities: {
    maintenance: quoted(true, maintenance),
    echoes: inferred(false, `${standardText}: the answer holds client_id alone`),
    rotates: quoted(true, `${maintenance}: client_secret, the new secret`),
    registration: quoted('application', `${manual}: POST /application`),
    tokenRequest: quoted('form', maintenance),
    tokenHasSideEffects: quoted(
      true,
      `${maintenance}: an application with a token cannot be deleted`,
    ),
    ownUriSchemes: said(
      ['push'],
      'digiforte.com.br/docs/vidaas, a reprint of a manual: push:// is made automatically; three public programs declare it all the same',
    ),
    redirectUriRule: said(
      'https-or-loopback',
      'a public program has a plain-http URI in production; only loopback is taken from it',
    ),
    clientAuthentication: quoted(
      'body',
      `${maintenance}: client_id and client_secret are parameters`,
    ),
    deletion: quoted('service', `${maintenance}: item 4, excluding an application`),
    scopeLifetimes: inferred(
      longestLifetimes,
      'the limits of the standard; an example of Valid has expires_in 43200 for a signature session',
    ),
    tellsRedirectUris: inferred('unknown', 'not tried'),
  },
}
