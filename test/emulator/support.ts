import { startEmulator } from '../../emulator/index.ts'
import type { Emulator, EmulatorConfig, EmulatorOptions } from '../../emulator/index.ts'

export const portalClient = {
  clientId: 'portal',
  clientSecret: 'not-a-secret-portal',
  certificate: { hosts: ['portal.exemplo.gov.br', '*.servicos.exemplo.gov.br'] },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback', 'https://portal.exemplo.gov.br/outro'],
}

export const agendaClient = {
  clientId: 'agenda',
  clientSecret: 'not-a-secret-agenda',
  certificate: { hosts: ['agenda.exemplo.gov.br'] },
  name: 'Agenda',
  redirectUris: ['https://agenda.exemplo.gov.br/callback'],
}

/** Two applications at NeoID and, with an id of its own, one at SerproID. */
export const config = {
  pscs: {
    neoid: {
      clients: [portalClient, agendaClient],
    },
    serproid: {
      clients: [
        {
          clientId: 'portal-serproid',
          clientSecret: 'not-a-secret-serproid',
          certificate: { hosts: ['portal.exemplo.gov.br'] },
          name: 'Portal do Cidadão',
        },
      ],
    },
  },
  motorRce: { clients: [{ clientId: 'motor-rce', clientSecret: 'not-a-secret-motor' }] },
} satisfies EmulatorConfig

/** What a client of this module asks with. */
export interface Credential {
  readonly id: string
  readonly secret: string
}
export const portal: Credential = { id: 'portal', secret: 'not-a-secret-portal' }
export const agenda: Credential = { id: 'agenda', secret: 'not-a-secret-agenda' }

/** A clock that stands still until a test moves it. */
export function manualClock(): { now: () => number; advance: (seconds: number) => void } {
  let milliseconds = Date.UTC(2026, 0, 15, 12)
  return {
    now: () => milliseconds,
    advance: (seconds) => {
      milliseconds += seconds * 1000
    },
  }
}

/** An emulator for the length of one test. */
export async function withEmulator(
  use: (emulator: Emulator) => Promise<void>,
  options: Partial<EmulatorOptions> = {},
): Promise<void> {
  const emulator = await startEmulator({ config, ...options })
  try {
    await use(emulator)
  } finally {
    await emulator.close()
  }
}

/** Starts an emulator that shall not start, and closes one that does. */
export async function startOnly(config: unknown): Promise<void> {
  const emulator = await startEmulator({ config: config as EmulatorConfig | string })
  await emulator.close()
}

/** A status, headers, and the body, parsed where it is JSON. */
export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

export async function ask(url: string, init?: RequestInit): Promise<Seen> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parse(text) }
}

/** `POST` of a form: fields as an object, or pairs where one is repeated. */
export function postForm(
  url: string,
  fields: Record<string, string> | [string, string][],
): Promise<Seen> {
  return ask(url, { method: 'POST', body: new URLSearchParams(fields) })
}

export function tokenFields({ id, secret }: Credential): Record<string, string> {
  return { grant_type: 'client_credentials', client_id: id, client_secret: secret }
}

export async function obtainToken(baseUrl: string, credential = portal): Promise<string> {
  const { body } = await postForm(`${baseUrl}/client_token`, tokenFields(credential))
  return String(field(body, 'access_token'))
}

export function maintain(
  baseUrl: string,
  token: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Seen> {
  return ask(`${baseUrl}/client_maintenance`, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Record<string, unknown>)[name]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
