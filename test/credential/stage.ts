import { createRequire } from 'node:module'
import { afterEach, beforeEach, mock } from 'node:test'
import type { dynamic } from '@pulumi/pulumi'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { credentialProviderCode } from '../../provider/engine/dynamic-resource.ts'
import { startProcess } from '../support/door.ts'

type Properties = Record<string, unknown>

export type Door = Required<Omit<dynamic.ResourceProvider<Properties, Properties>, 'delete'>>

/** What the engine passes in place of a value that is not known yet (`rpc.unknownValue` of the SDK). */
export const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Opens the door as Pulumi's dynamic provider host does: evaluate the code, call handler, configure. */
export async function openDoor(config: Readonly<Record<string, string>>): Promise<Door> {
  const exports: { handler?: () => Door } = {}
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const evaluate = new Function('exports', 'require', credentialProviderCode) as (
    ...args: unknown[]
  ) => void
  const require = createRequire(import.meta.url)
  startProcess(require)
  evaluate(exports, require)
  const door = exports.handler?.()
  if (!door) throw new Error('the provider code exports no handler')
  const get = (key: string) => config[key]
  await door.configure({ config: { get, require: (key) => get(key) ?? '' } })
  return door
}

export const clientSecret = 'not-a-secret-motor'

/** Of a Motor RCE. */
export const tokenPath = '/realms/motor-rce/protocol/openid-connect/token'

/** An emulator with a Motor RCE and a NeoID, a door, and what the provider says; fresh for every test. */
export interface Stage {
  emulator: Emulator
  door: Door
  config: Record<string, string>
  /** A credential that is good. */
  motorRce: Properties
  said: readonly string[]
  /** `motorRce 200` and so on, oldest first. */
  asked: () => string[]
}

export function useStage(): Stage {
  const stage = {} as Stage
  beforeEach(async () => {
    const lines: string[] = []
    mock.method(console, 'warn', (line: string) => lines.push(line))
    stage.said = lines
    stage.emulator = await startEmulator({
      config: {
        motorRce: { clients: [{ clientId: 'motor-rce', clientSecret }] },
        pscs: {
          neoid: {
            clients: [
              {
                clientId: 'portal',
                clientSecret: 'not-a-secret-portal',
                certificate: { hosts: ['portal.exemplo.gov.br'] },
              },
            ],
          },
        },
      },
    })
    stage.config = {
      'psc:baseUrls': JSON.stringify(stage.emulator.baseUrls),
      'psc:timeoutSeconds': '5',
    }
    stage.motorRce = {
      issuer: 'motor-rce',
      authBaseUrl: stage.emulator.url,
      clientId: 'motor-rce',
      clientSecret,
    }
    stage.asked = () =>
      stage.emulator.requests.list().map(({ operation, status }) => `${operation} ${status}`)
    stage.door = await openDoor(stage.config)
  })
  afterEach(async () => {
    mock.restoreAll()
    await stage.emulator.close()
  })
  return stage
}
