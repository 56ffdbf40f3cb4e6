import { inferred, type KnownPsc, said } from './fact.ts'
import { standardText } from './standard.ts'

const notDocumented = 'its documents name no such service'

/** Describes Safeweb's PSC. Its web panel issues the credentials and maintains the clients. */
export const safeid: KnownPsc = {
  title: 'SafeID (Safeweb)',
  environments: {
    production: said(
      'https://pscsafeweb.safewebpss.com.br/Service/Microservice/OAuth/api/v0/oauth',
      'public code',
    ),
    homologation: said(
      'https://pscsafeweb-homologacao.safewebpss.com.br/Service/Microservice/OAuth/api/v0/oauth',
      'public code',
    ),
  },
  capabilities: {
    maintenance: inferred(false, notDocumented),
    echoes: inferred(false, notDocumented),
    rotates: inferred(false, notDocumented),
    registration: inferred('none', 'its credentials come from a web panel'),
    tokenRequest: inferred('form', `${standardText}: POST /client_token`),
    tokenHasSideEffects: inferred(false, `${standardText}: it names none`),
    ownUriSchemes: inferred([], `${standardText}: it names none`),
  },
}
