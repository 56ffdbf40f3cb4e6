import { inferred, type KnownPsc, quoted } from './fact.ts'
import { standardText } from './standard.ts'

const maintenance = 'Valid, "Manutenção de cadastro de aplicação" v1.2'
const registration = 'Valid, "Manual de Integração com VIDaaS" v1.6'

/**
 * Describes Valid's PSC.
 *
 * @see https://validcertificadora.atlassian.net/wiki/spaces/PDD/pages/1575190690
 */
export const vidaas: KnownPsc = {
  title: 'VIDaaS (Valid)',
  environments: {
    production: quoted('https://certificado.vidaas.com.br/v0/oauth', maintenance),
    homologation: quoted('https://hml-certificado.vidaas.com.br/v0/oauth', maintenance),
    demonstration: quoted('https://demo-certificado.vidaas.com.br/v0/oauth', maintenance),
  },
  capabilities: {
    maintenance: quoted(true, maintenance),
    echoes: inferred(false, `${standardText}: the answer holds client_id alone`),
    rotates: quoted(true, `${maintenance}: client_secret, the new secret`),
    registration: quoted('application', `${registration}: POST /application`),
    tokenRequest: quoted('form', maintenance),
    tokenHasSideEffects: quoted(
      true,
      `${maintenance}: an application with a token cannot be deleted`,
    ),
    ownUriSchemes: quoted(['push'], `${registration}: push:// is made automatically`),
  },
}
