import { inferred, type KnownPsc, quoted, said } from './fact.ts'
import { longestLifetimes } from './standard.ts'

const collection = 'Safeweb, Postman collection "Integração PSC - SafeID"'
const notDocumented = 'the documents that were read name no such service'

/** Describes Safeweb's PSC. Its web panel issues credentials and maintains clients. */
export const safeid: KnownPsc = {
  title: 'SafeID (Safeweb)',
  environments: {
    production: quoted(
      'https://pscsafeweb.safewebpss.com.br/Service/Microservice/OAuth/api/v0/oauth',
      collection,
    ),
    homologation: said(
      'https://pscsafeweb-homologacao.safewebpss.com.br/Service/Microservice/OAuth/api/v0/oauth',
      'public code, among it a demonstration project of Safeweb',
    ),
  },
  capabilities: {
    maintenance: inferred(false, notDocumented),
    echoes: inferred(false, notDocumented),
    rotates: inferred(false, notDocumented),
    registration: quoted(
      'application_cert',
      `${collection}, prerequisite 5: oauth/application_cert needs an ICP-Brasil certificate; there is a web panel too`,
    ),
    tokenRequest: quoted('form', `${collection}: Content-Type: application/x-www-form-urlencoded`),
    tokenHasSideEffects: inferred(false, 'no text that was read names one'),
    ownUriSchemes: inferred([], 'no text that was read names one'),
    redirectUriRule: said('https-or-loopback', 'public code: http://127.0.0.1 with a port'),
    clientAuthentication: inferred('body', 'all PSCs whose texts were read take it'),
    deletion: inferred('unknown', 'the web panel was not seen'),
    scopeLifetimes: inferred(longestLifetimes, 'the limits of the standard'),
    tellsRedirectUris: inferred('unknown', 'not tried'),
  },
}
