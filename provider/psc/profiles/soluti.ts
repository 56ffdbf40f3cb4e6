import { inferred, type KnownPsc, quoted, said } from './fact.ts'
import { standardText } from './standard.ts'

const documents = 'docs.vaultid.com.br'

/**
 * Describes Soluti's PSC for people.
 *
 * @see https://docs.vaultid.com.br/workspace/cloud/api/manutencao/cadastro-de-aplicacao
 */
export const birdid: KnownPsc = {
  title: 'BirdID (Soluti)',
  environments: {
    production: quoted(
      'https://api.birdid.com.br/v0/oauth',
      `${documents}, "Cadastro de aplicação"`,
    ),
    homologation: said('https://apihom.birdid.com.br/v0/oauth', 'public code'),
  },
  capabilities: {
    maintenance: inferred(
      true,
      `${documents} lists "Alteração de aplicação"; that it is the standard's is inferred`,
    ),
    echoes: inferred(false, `${standardText}: the answer holds client_id alone`),
    rotates: inferred(true, `${standardText}: client_secret, the new secret`),
    registration: quoted('application', `${documents}, "Cadastro de aplicação"`),
    tokenRequest: said('json', 'public code'),
    tokenHasSideEffects: inferred(false, `${standardText}: it names none`),
    ownUriSchemes: inferred([], `${standardText}: it names none`),
  },
}

const family = 'the same family as BirdID'

/** Describes Soluti's PSC for companies. */
export const vaultid: KnownPsc = {
  title: 'VaultID (Soluti)',
  environments: {
    production: said('https://apicloudid.vaultid.com.br/v0/oauth', 'public code'),
    homologation: said('https://apicloudid.hom.vaultid.com.br/v0/oauth', 'public code'),
  },
  capabilities: {
    maintenance: inferred(true, family),
    echoes: inferred(false, family),
    rotates: inferred(true, family),
    registration: inferred('application', family),
    tokenRequest: inferred('json', family),
    tokenHasSideEffects: inferred(false, family),
    ownUriSchemes: inferred([], family),
  },
}
