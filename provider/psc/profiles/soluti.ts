import { inferred, type KnownPsc, quoted, said } from './fact.ts'
import { longestLifetimes, standardText } from './standard.ts'

const documents = 'docs.vaultid.com.br'
const credentials = `${documents}, "OAuth2 - Client Credentials"`
const push = `${documents}, "Assinatura via push"`

/**
 * Describes Soluti's PSC for people.
 *
 * @see https://docs.vaultid.com.br/workspace/cloud/api/manutencao/cadastro-de-aplicacao
 * @see https://docs.vaultid.com.br/workspace/cloud/api/autenticacao-de-aplicacao/oauth2-client-credentials
 */
export const birdid: KnownPsc = {
  title: 'BirdID (Soluti)',
  environments: {
    production: quoted(
      'https://api.birdid.com.br/v0/oauth',
      `${documents}, "Cadastro de aplicação"`,
    ),
    homologation: said(
      'https://apihom.birdid.com.br/v0/oauth',
      `the host: ${push}; the path: that of production`,
    ),
  },
  capabilities: {
    maintenance: inferred(
      true,
      `${credentials}: the token serves to maintain the registration ("manter seu registro"); the page of the service was not seen`,
    ),
    echoes: inferred(false, `${standardText}: the answer holds client_id alone`),
    rotates: inferred(true, `${standardText}: client_secret, the new secret`),
    registration: quoted('application', `${documents}, "Cadastro de aplicação"`),
    tokenRequest: said('json', 'three independent public programs'),
    tokenHasSideEffects: inferred(false, 'no text that was read names one'),
    ownUriSchemes: inferred([], 'no text that was read names one'),
    redirectUriRule: inferred(
      'https-or-loopback',
      "Soluti's sample program has http://localhost:3000/callback; no text that was read restricts the host of https",
    ),
    clientAuthentication: quoted(
      'body',
      `${credentials}: client_id and client_secret are parameters`,
    ),
    deletion: inferred('unknown', 'no page on it was seen'),
    scopeLifetimes: inferred(longestLifetimes, 'the limits of the standard'),
    tellsRedirectUris: inferred('unknown', 'not tried'),
  },
}

const family = 'the same family as BirdID'

/** Describes Soluti's PSC for companies. */
export const vaultid: KnownPsc = {
  title: 'VaultID (Soluti)',
  environments: {
    production: said(
      'https://apicloudid.vaultid.com.br/v0/oauth',
      `the host: ${push}; the path: public code (an old sample of Soluti has /oauth)`,
    ),
    homologation: said(
      'https://apicloudid.hom.vaultid.com.br/v0/oauth',
      `the host: ${push}; the path: public code`,
    ),
  },
  capabilities: {
    maintenance: inferred(true, family),
    echoes: inferred(false, family),
    rotates: inferred(true, family),
    registration: inferred('application', family),
    tokenRequest: inferred('json', family),
    tokenHasSideEffects: inferred(false, family),
    ownUriSchemes: inferred([], family),
    redirectUriRule: inferred('https-or-loopback', family),
    clientAuthentication: inferred('body', family),
    deletion: inferred('unknown', family),
    scopeLifetimes: inferred(longestLifetimes, 'the limits of the standard'),
    tellsRedirectUris: inferred('unknown', 'not tried'),
  },
}
