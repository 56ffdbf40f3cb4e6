import { type Behaviour, documentedTokenEndpoint } from './psc/behaviour.ts'
import { oauthVocabulary, serproVocabulary } from './psc/refusals.ts'

const common = {
  ...documentedTokenEndpoint,
  authorizeErrors: 'redirects',
  holderRefusal: 'access_denied',
  registrationErrors: 'http-status',
  maintenanceErrors: 'http-status',
} as const satisfies Partial<Behaviour>

/** @see "Manutenção de aplicação" and "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" */
const serpro = {
  ...common,
  vocabulary: serproVocabulary,
  tokenRequest: 'form',
  maintenance: true,
  echoes: true,
  rotation: 'refused',
  uniqueNames: true,
  addedUris: [],
  registrations: ['application_cert'],
  certificate: 'required',
  redirectUriRule: 'certificate',
} as const satisfies Partial<Behaviour>

/** The registration with a certificate is mandatory, the other one optional. @see DOC-ICP-17.01, section 6.4 */
const standard = {
  ...common,
  vocabulary: oauthVocabulary,
  tokenRequest: 'form',
  maintenance: true,
  echoes: false,
  rotation: 'keeps tokens',
  uniqueNames: false,
  addedUris: [],
  registrations: ['application', 'application_cert'],
  certificate: 'optional',
  redirectUriRule: 'https',
} as const satisfies Partial<Behaviour>

/** Soluti's public code sends JSON to client_token. Its sample program has a redirect URI on localhost. */
const soluti = {
  ...standard,
  tokenRequest: 'json',
  registrations: ['application'],
  redirectUriRule: 'https-or-loopback',
} as const

/**
 * Lists the PSCs that the emulator plays. NeoID and SerproID have the paths of their documents. The others have one path on
 * hosts of their own, so here their names tell them apart.
 */
const table = {
  neoid: { ...serpro, basePath: '/psc/v0/oauth', audience: 'neoid' },
  serproid: { ...serpro, basePath: '/oauth/v0/oauth', audience: 'serproid' },
  standard: { ...standard, basePath: '/standard/v0/oauth' },
  // Valid's documents do not say what happens to earlier tokens: the emulator plays the harder case.
  vidaas: {
    ...standard,
    basePath: '/vidaas/v0/oauth',
    rotation: 'ends tokens',
    addedUris: ['push://'],
    redirectUriRule: 'https-or-loopback',
    registrations: ['application'],
  },
  birdid: { ...soluti, basePath: '/birdid/v0/oauth' },
  vaultid: { ...soluti, basePath: '/vaultid/v0/oauth' },
  safeid: {
    ...standard,
    basePath: '/safeid/v0/oauth',
    maintenance: false,
    redirectUriRule: 'https-or-loopback',
    registrations: ['application_cert'],
  },
} satisfies Record<string, Behaviour>

export type PscName = keyof typeof table

export const pscs: Readonly<Record<PscName, Behaviour>> = table

export const pscNames = Object.keys(pscs) as PscName[]

/** Returns the path of a PSC's base URL. */
export function basePathOf(name: PscName): string {
  return pscs[name].basePath
}
