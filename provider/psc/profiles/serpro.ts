import { inferred, type KnownPsc, quoted, said, type ScopeLifetimes } from './fact.ts'

const token = 'SERPRO, "Token de acesso de aplicação"'
const userToken = 'SERPRO, "Token de acesso"'
const maintenance = 'SERPRO, "Manutenção de aplicação"'
const registration = 'SERPRO, "Auto-cadastro de aplicação com certificado SSL ICP-Brasil"'

const hour = 3_600

const day = 24 * hour

const scopeLifetimes: ScopeLifetimes = {
  request: [300],
  session: {
    CPF: [900, hour, 4 * hour, 8 * hour, day, 3 * day, 7 * day],
    CNPJ: [hour, 8 * hour, day, 3 * day, 7 * day, 15 * day, 30 * day],
  },
  complete: true,
}

const capabilities: KnownPsc['capabilities'] = {
  maintenance: quoted(true, maintenance),
  echoes: quoted(true, `${maintenance}: the answer holds all five fields`),
  rotates: quoted(false, `${maintenance}: MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL`),
  registration: quoted('application_cert', `${registration}: POST /application_cert`),
  tokenRequest: quoted('form', token),
  tokenHasSideEffects: quoted(false, `${token}: it names none`),
  ownUriSchemes: quoted([], `${maintenance}: it names none`),
  redirectUriRule: quoted(
    'certificate',
    `${maintenance}: URI_HTTPS_OBRIGATORIO, URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO`,
  ),
  clientAuthentication: quoted('body', `${token}: client_id and client_secret are parameters`),
  deletion: inferred('none', 'the API documents that were read name no such service'),
  scopeLifetimes: quoted(scopeLifetimes, userToken),
  tellsRedirectUris: inferred('unknown', 'not tried'),
}

/**
 * Describes SERPRO's PSC under its older name. SERPRO's pages now speak of SerproID. No notice of NeoID's end was found.
 *
 * @see https://neoid.estaleiro.serpro.gov.br/documentacao/manutencao/cadastro-aplicacao/
 */
export const neoid: KnownPsc = {
  title: 'NeoID (SERPRO), the older name and address; prefer serproid for new clients',
  environments: {
    production: quoted('https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth', maintenance),
  },
  capabilities,
  audience: quoted('neoid', `${registration}: aud`),
}

/** Describes SERPRO's PSC under its newer name. The same documents exist under both names. */
export const serproid: KnownPsc = {
  title: 'SerproID (SERPRO), the newer name and address',
  environments: {
    production: quoted('https://serproid.serpro.gov.br/oauth/v0/oauth', token),
    homologation: said(
      'https://hom.serproid.serpro.gov.br/oauth/v0/oauth',
      'four independent public programs',
    ),
  },
  capabilities,
  audience: quoted('serproid', `${registration}: aud`),
}
