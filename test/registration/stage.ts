import { createRequire } from 'node:module'
import { afterEach, beforeEach, mock } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import {
  attemptProviderCode,
  registrationProviderCode,
} from '../../provider/engine/dynamic-resource.ts'
import { type Door, startProcess } from '../support/door.ts'
import { createPem, privateKey } from '../rules/support/certificate.ts'

export const certificate = createPem({ keyType: 'rsa', dns: ['portal.exemplo.gov.br'] })

export const keyPem = privateKey('rsa').export({ type: 'pkcs8', format: 'pem' }) as string

/** Opens a door as Pulumi's dynamic provider host does. */
async function openDoor(config: Readonly<Record<string, string>>, code: string): Promise<Door> {
  const exports: { handler?: () => Door } = {}
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const evaluate = new Function('exports', 'require', code) as (...args: unknown[]) => void
  const require = createRequire(import.meta.url)
  startProcess(require)
  evaluate(exports, require)
  const door = exports.handler?.()
  if (!door) throw new Error('the provider code exports no handler')
  const get = (key: string) => config[key]
  await door.configure({ config: { get, require: (key) => get(key) ?? '' } })
  return door
}

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

export interface Stage {
  emulator: Emulator
  door: Door
  /** The door to the attempts, which are announced before they are made. */
  attempts: Door
  /** Announces an attempt and makes it. */
  register: (inputs: Record<string, unknown>) => ReturnType<Door['create']>
  config: Record<string, string>
  said: () => string
  reasons: (news: Record<string, unknown>, olds?: Record<string, unknown>) => Promise<string[]>
}

/** An emulator that knows nobody, and a door to registrations; fresh for every test. */
export function useStage(): Stage {
  const stage = {} as Stage
  beforeEach(async () => {
    const lines: string[] = []
    mock.method(console, 'warn', (line: string) => lines.push(line))
    process.env.PSC_TEST_KEY = keyPem
    stage.emulator = await startEmulator({ config: {} })
    const baseUrls = JSON.stringify(stage.emulator.baseUrls)
    stage.config = { 'psc:baseUrls': baseUrls, 'psc:timeoutSeconds': '5' }
    stage.door = await openDoor(stage.config, registrationProviderCode)
    stage.attempts = await openDoor(stage.config, attemptProviderCode)
    stage.register = async (inputs) => {
      const { outs } = await stage.attempts.create({ attempt: 1, ...inputs })
      return stage.door.create({ ...inputs, ...outs })
    }
    stage.said = () => lines.join('\n')
    stage.reasons = async (news, olds = {}) => {
      const { failures = [] } = await stage.attempts.check(olds, { attempt: 1, ...news })
      return failures.map(({ reason }) => reason)
    }
  })
  afterEach(async () => {
    mock.restoreAll()
    delete process.env.PSC_TEST_KEY
    delete process.env.PULUMI_SKIP_CHECKPOINTS
    await stage.emulator.close()
  })
  return stage
}
