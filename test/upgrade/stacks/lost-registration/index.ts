// An application whose registration was sent and not answered.
import { PscRegistration } from 'pulumi-psc'

new PscRegistration('portal', {
  psc: 'vidaas',
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  attempt: 1,
})
