// Registers an application, once, and maintains it from then on.
import { PscClient, PscRegistration } from 'pulumi-psc'

const psc = 'birdid'
const registration = new PscRegistration('portal', {
  psc,
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
})

// What was registered stays above as it was; every change after it is made here.
const portal = new PscClient('portal', {
  psc,
  clientId: registration.clientId,
  clientSecret: registration.clientSecret,
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: [
    'https://portal.exemplo.gov.br/callback',
    'https://portal.exemplo.gov.br/renovar/callback',
  ],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
})

// What the application needs; the secret is encrypted in the state, and hidden unless it is asked for.
export const clientId = portal.clientId
export const clientSecret = registration.clientSecret
