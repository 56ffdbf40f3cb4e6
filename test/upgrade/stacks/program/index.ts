// Every kind of resource, `psc` as a name and as a profile, and every form of a secret.
import { PscClient, TokenCredential } from 'pulumi-psc'

const application = {
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}

const portal = new PscClient('portal', {
  ...application,
  psc: 'neoid',
  clientId: 'portal',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  redirectUris: [
    'https://portal.exemplo.gov.br/callback',
    'https://portal.exemplo.gov.br/outro-callback',
  ],
  certificate: {
    hosts: ['portal.exemplo.gov.br', '*.servicos.exemplo.gov.br'],
    notAfter: '2999-12-31T23:59:59.000Z',
    fingerprint256: Array.from({ length: 32 }, () => 'AB').join(':'),
  },
})

const agenda = new PscClient('agenda', {
  ...application,
  psc: 'serproid',
  clientId: 'agenda',
  clientSecret: { file: 'agenda-secret.txt' },
  name: 'Agenda',
  comments: 'Agendamento',
  preflight: 'required',
})

new PscClient('protocolo', {
  ...application,
  psc: 'vidaas',
  clientId: 'protocolo',
  clientSecret: { config: 'protocoloSecret' },
  name: 'Protocolo',
  comments: 'Protocolo digital',
})

const ownPsc = new PscClient('own-psc', {
  ...application,
  psc: { name: 'novo', extends: 'standard', baseUrl: 'http://127.0.0.1:PORT/standard/v0/oauth' },
  clientId: 'own-psc',
  clientSecret: 'not-a-secret-inline',
  name: 'Portal do PSC novo',
  comments: 'Em outro PSC',
})

new TokenCredential('motor-rce', {
  issuer: 'motor-rce',
  authBaseUrl: 'http://127.0.0.1:PORT',
  clientId: 'motor-rce',
  clientSecret: 'not-a-secret-inline',
})

const clients = [portal, agenda, ownPsc]
export const endpoints = clients.map((client) => client.endpoints)
export const registered = clients.map((client) => client.registered)
