// Registers an application once, then maintains the client.
import { PscClient, PscRegistration } from 'pulumi-psc'

const psc = 'birdid'
const registration = new PscRegistration('portal', {
  psc,
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
})

// Change the client here. The registration above stays as it was sent.
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

// The application needs both. The state stores the secret encrypted; `--show-secrets` shows it.
export const clientId = portal.clientId
export const clientSecret = registration.clientSecret
