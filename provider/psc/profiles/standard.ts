import { inferred, type KnownPsc, quoted, said } from './fact.ts'

/** Names the section of the standard on application services, in the version that the Official Gazette printed. */
export const standardText =
  'DOC-ICP-17.01 v2.0, section 6.4 (IN ITI 2/2019, Official Gazette of 18 March 2019)'

const readers = 'public notes of a team that read v3.0'

/** The limits of the standard: 7 days for a natural person, 30 for a legal one. It has no list of lifetimes. */
export const longestLifetimes = {
  request: [],
  session: { CPF: [604_800], CNPJ: [2_592_000] },
  complete: false,
} as const

/**
 * Describes the standard that all PSCs follow with differences. It has no address: a PSC that extends it declares one.
 *
 * @see https://www.in.gov.br/materia/-/asset_publisher/Kujrw0TZC2Mb/content/id/67377918/do1-2019-03-18-instrucao-normativa-n-2-de-12-de-marco-de-2019-67377876
 */
export const standard: KnownPsc = {
  title: 'the text of the standard',
  environments: {},
  capabilities: {
    maintenance: quoted(true, `${standardText}: PUT /client_maintenance`),
    echoes: quoted(false, `${standardText}: the answer holds client_id alone`),
    rotates: quoted(true, `${standardText}: client_secret, the new secret`),
    registration: said(
      'application_cert',
      `${readers}: application_cert is mandatory, application is optional`,
    ),
    tokenRequest: inferred('form', 'RFC 6749, section 4.4.2, which the standard is based on'),
    tokenHasSideEffects: inferred(false, 'no text that was read names one'),
    ownUriSchemes: inferred([], 'no text that was read names one'),
    redirectUriRule: inferred('https', 'no text that was read restricts the host'),
    clientAuthentication: inferred('body', 'all PSCs whose texts were read take it'),
    deletion: inferred('none', 'no text that was read names such a service'),
    scopeLifetimes: inferred(
      longestLifetimes,
      'limits of 7 days (CPF) and 30 days (CNPJ) are known from notes; the text of their section was not read',
    ),
    tellsRedirectUris: inferred('unknown', 'not tried'),
  },
}
