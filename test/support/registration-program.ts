/** A registration, and the client that it feeds. */
export function program(
  registration: Record<string, unknown> = {},
  { called = 'portal', ...options }: { called?: string; aliases?: unknown[] } = {},
): string {
  const application = {
    psc: 'vidaas',
    name: 'Portal',
    comments: 'Assinatura',
    email: 'suporte@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/callback'],
  }
  return `import { PscClient, PscRegistration } from 'pulumi-psc'
const application = ${JSON.stringify(application)}
const { clientId, clientSecret } = new PscRegistration('${called}', {
  ...application, ...${JSON.stringify(registration)}
}, ${JSON.stringify(options)})
new PscClient('portal', {
  ...application, clientId, clientSecret, comments: 'Mantida',
  certificate: { hosts: ['portal.exemplo.gov.br'] },
})
export const secret = clientSecret
`
}
