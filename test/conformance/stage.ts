import { afterEach, beforeEach, mock } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { type Door, openDoor } from '../support/door.ts'

/** The PSCs of the emulator, each with what its document says it can do. */
export const pscs = {
  standard: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  neoid: { echoes: true, rotates: false, maintains: true, sideEffects: false },
  serproid: { echoes: true, rotates: false, maintains: true, sideEffects: false },
  vidaas: { echoes: false, rotates: true, maintains: true, sideEffects: true },
  birdid: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  vaultid: { echoes: false, rotates: true, maintains: true, sideEffects: false },
  safeid: { echoes: false, rotates: false, maintains: false, sideEffects: false },
} as const
export type Psc = keyof typeof pscs

export const secrets = { portal: 'not-a-secret-portal', next: 'not-a-secret-next' } as const

/** The client that every PSC of the stage knows, as declared. */
export const portal = {
  clientId: 'portal',
  clientSecret: secrets.portal,
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback', 'https://portal.exemplo.gov.br/outro'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}

/** The same with the PSC that it is registered at; the text of the standard has no address of its own. */
export function declare(psc: Psc, emulator: Emulator): typeof portal & { psc: unknown } {
  const { standard } = emulator.baseUrls
  return { ...portal, psc: psc === 'standard' ? { extends: psc, baseUrl: standard } : psc }
}

export interface Stage {
  emulator: Emulator
  door: Door
  config: Record<string, string>
  said: () => string
  asked: () => string[]
}

/** An emulator that knows the client at every PSC, and a door to it; fresh for every test. */
export function useStage(): Stage {
  const stage = {} as Stage
  beforeEach(async () => {
    const lines: string[] = []
    mock.method(console, 'warn', (line: string) => lines.push(line))
    const { clientId, clientSecret, certificate } = portal
    const psc = { clients: [{ clientId, clientSecret, certificate }] }
    const configured = Object.fromEntries(Object.keys(pscs).map((name) => [name, psc]))
    stage.emulator = await startEmulator({ config: { pscs: configured } })
    stage.config = {
      'psc:baseUrls': JSON.stringify(stage.emulator.baseUrls),
      'psc:timeoutSeconds': '5',
    }
    stage.door = await openDoor(stage.config)
    stage.said = () => lines.join('\n')
    stage.asked = () => {
      return stage.emulator.requests.list().map(({ method, path }) => {
        return `${method} ${path.slice(path.lastIndexOf('/') + 1)}`
      })
    }
  })
  afterEach(async () => {
    mock.restoreAll()
    await stage.emulator.close()
  })
  return stage
}

/** What the PSC holds of the client, in the words of a declaration; without what it adds by itself. */
export function held({ emulator }: Stage, psc: Psc): unknown {
  const client = emulator.registered(psc, portal.clientId)
  if (!client) return undefined
  const { name, comments, email } = client
  const redirectUris = client.redirectUris.filter((uri) => uri !== 'push://')
  return { name, comments, email, redirectUris }
}

const { name, comments, email, redirectUris } = portal
/** What it holds after the client was written. */
export const written = { name, comments, email, redirectUris }
