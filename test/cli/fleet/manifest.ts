import type { EmulatorConfig } from '../../../emulator/index.ts'

/** A client of a generated fleet, as it differs from the others. */
export interface FleetClient {
  readonly comments?: string
  readonly name?: string
  readonly stack?: string
  /** The environment variable of its secret. */
  readonly secret?: string
  readonly clientSecret?: { readonly file: string }
}

export const secret = 'not-a-secret-portal'

export function clientIdOf(index: number): string {
  return `64e587fa-4f30-487d-96f0-${String(index).padStart(12, '0')}`
}

/** The PSC with the clients of a fleet. */
export function emulatorOf(count: number, more: object = {}): EmulatorConfig {
  const clients = Array.from({ length: count }, (_, index) => ({
    clientId: clientIdOf(index),
    clientSecret: secret,
    name: `Aplicação ${index}`,
    certificate: { hosts: ['portal.exemplo.gov.br'] },
  }))
  return { pscs: { neoid: { clients, ...more } } }
}

/** The manifest of a fleet, in JSON, which is YAML. */
export function manifestOf(
  baseUrl: string,
  count: number,
  special: Readonly<Record<number, FleetClient>> = {},
): string {
  const clients = Array.from({ length: count }, (_, index) => {
    const { secret: env = 'PORTAL_SECRET', ...rest } = special[index] ?? {}
    const client = {
      psc: 'neoid',
      clientId: clientIdOf(index),
      clientSecret: { env },
      name: `Aplicação ${index}`,
      comments: 'Assinatura de requerimentos',
      email: 'suporte@exemplo.gov.br',
      redirectUris: [
        `https://portal.exemplo.gov.br/app-${index}/callback`,
        `https://portal.exemplo.gov.br/app-${index}/outro-callback`,
      ],
      certificate: 'portal',
      ...rest,
    }
    return [`app-${index}`, client] as const
  })
  return JSON.stringify({
    pscs: { neoid: { baseUrl } },
    certificates: { portal: { hosts: ['portal.exemplo.gov.br'] } },
    clients: Object.fromEntries(clients),
  })
}
