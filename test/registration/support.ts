import { afterEach, beforeEach } from 'node:test'
import { createPem, privateKey } from '../rules/support/certificate.ts'
import {
  openProvider,
  type Provider,
  refusals,
  useProvider,
  type WithProvider,
} from '../support/fixture.ts'

export const certificate = createPem({ keyType: 'rsa', dns: ['portal.exemplo.gov.br'] })

export const keyPem = privateKey('rsa').export({ type: 'pkcs8', format: 'pem' }) as string

/** What is registered, as declared. */
export const application = {
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback', 'https://portal.exemplo.gov.br/outro'],
}

/** At a PSC that takes JSON. */
export const byJson = { ...application, psc: 'vidaas' }

/** At a PSC that takes a signed text. */
export const signed = {
  ...application,
  psc: 'neoid',
  certificate: { pem: certificate },
  privateKey: { env: 'PSC_TEST_KEY' },
}

export interface WithRegistrations extends WithProvider {
  /** The provider of the attempts, which are announced before they are made. */
  attempts: Provider
  /** Announces an attempt and makes it. */
  register: (inputs: Record<string, unknown>) => ReturnType<Provider['create']>
  /** The reasons with which an attempt is refused. */
  reasons: (news: Record<string, unknown>, olds?: Record<string, unknown>) => Promise<string[]>
}

/** The providers of a registration, an emulator that knows no client, and a private key in the environment. */
export function useRegistrations(): WithRegistrations {
  const fixture = useProvider('PscRegistration', {}) as WithRegistrations
  fixture.register = async (inputs) => {
    const { outs } = await fixture.attempts.create({ attempt: 1, ...inputs })
    return fixture.provider.create({ ...inputs, ...outs })
  }
  fixture.reasons = (news, olds) => refusals(fixture.attempts, { attempt: 1, ...news }, olds)
  beforeEach(async () => {
    process.env.PSC_TEST_KEY = keyPem
    fixture.attempts = await openProvider('PscRegistrationAttempt', fixture.config)
  })
  afterEach(() => {
    delete process.env.PSC_TEST_KEY
    delete process.env.PULUMI_SKIP_CHECKPOINTS
  })
  return fixture
}
