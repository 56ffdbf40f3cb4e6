// Declares one application at two PSCs.
import { PscClient } from 'pulumi-psc'

const hosts = ['portal.exemplo.gov.br', 'portal-homologacao.exemplo.gov.br']
const application = {
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: hosts.map((host) => `https://${host}/callback`),
  // The host names of the certificate that registered the clients; { file: 'portal.pem' } works too.
  certificate: { hosts },
}

const neoid = new PscClient('portal-neoid', {
  ...application,
  psc: 'neoid',
  name: 'Portal do Cidadão',
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  clientSecret: { env: 'PORTAL_NEOID_SECRET' },
})

const serproid = new PscClient('portal-serproid', {
  ...application,
  psc: 'serproid',
  name: 'Portal do Cidadão',
  clientId: 'b7f4a2c8-3d16-4e9a-b1c5-6a0e8d2f7c43',
  clientSecret: { env: 'PORTAL_SERPROID_SECRET' },
})

// The application needs these addresses.
export const authorizeEndpoints = {
  neoid: neoid.endpoints.authorize,
  serproid: serproid.endpoints.authorize,
}
