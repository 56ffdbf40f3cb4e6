// An application that is registered once, and the client that maintains it.
import { PscClient, PscRegistration } from 'pulumi-psc'

const application = {
  psc: 'vidaas' as const,
  name: 'Portal do Cidadão',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}

const { clientId, clientSecret } = new PscRegistration('portal', {
  ...application,
  comments: 'Como foi registrada',
})

new PscClient('portal', {
  ...application,
  clientId,
  clientSecret,
  comments: 'Assinatura de requerimentos',
})

export { clientId }
