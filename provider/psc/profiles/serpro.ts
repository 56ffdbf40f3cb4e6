import { type KnownPsc, quoted, said } from './fact.ts'

const token = 'SERPRO, "Token de acesso de aplicação"'
const maintenance = 'SERPRO, "Manutenção de aplicação"'
const registration = 'SERPRO, "Auto-cadastro de aplicação com certificado SSL ICP-Brasil"'

const capabilities: KnownPsc['capabilities'] = {
  maintenance: quoted(true, maintenance),
  echoes: quoted(true, `${maintenance}: the answer holds all five fields`),
  rotates: quoted(false, `${maintenance}: MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL`),
  registration: quoted('application_cert', `${registration}: POST /application_cert`),
  tokenRequest: quoted('form', token),
  tokenHasSideEffects: quoted(false, `${token}: it names none`),
  ownUriSchemes: quoted([], `${maintenance}: it names none`),
}

/**
 * Describes SERPRO's PSC under its older name.
 *
 * @see https://neoid.estaleiro.serpro.gov.br/documentacao/manutencao/cadastro-aplicacao/
 */
export const neoid: KnownPsc = {
  title: 'NeoID (SERPRO), the older name and address',
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
    homologation: said('https://hom.serproid.serpro.gov.br/oauth/v0/oauth', 'public code'),
  },
  capabilities,
  audience: quoted('serproid', `${registration}: aud`),
}
