import { createRequire } from 'node:module'
import { afterEach, beforeEach, mock } from 'node:test'
import type { dynamic } from '@pulumi/pulumi'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { restoreEcho, restoreEndpoints } from '../../provider/client/state.ts'
import { providerCode } from '../../provider/engine/dynamic-resource.ts'

/** What the engine passes in place of a value that is not known yet (`rpc.unknownValue` of the SDK). */
export const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Every verb, none of them optional. */
type Properties = Record<string, unknown>

export type Door = Required<dynamic.ResourceProvider<Properties, Properties>>

/** What was opened before belongs to another process: the package is loaded once in a test. */
export function startProcess(require: NodeJS.Require): void {
  const { startAnew } = require('pulumi-psc/handler') as typeof import('../../provider/handler.ts')
  startAnew()
}

/** Opens the door as Pulumi's dynamic provider host does: evaluate the code, call handler, configure. */
export async function openDoor(config: Readonly<Record<string, string>>): Promise<Door> {
  const exports: { handler?: () => Door } = {}
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const evaluate = new Function('exports', 'require', providerCode) as (...args: unknown[]) => void
  const require = createRequire(import.meta.url)
  startProcess(require)
  evaluate(exports, require)
  const door = exports.handler?.()
  if (!door) throw new Error('the provider code exports no handler')
  const get = (key: string) => config[key]
  await door.configure({ config: { get, require: (key) => get(key) ?? '' } })
  const { create, update } = door
  return {
    ...door,
    create: async (inputs) => {
      const { id, outs } = await create(inputs)
      return { id, ...(outs && { outs: asSeenByPrograms(outs) }) }
    },
    update: async (...args) => {
      const { outs } = await update(...args)
      return outs ? { outs: asSeenByPrograms(outs) } : {}
    },
  }
}

/** What the resource class makes of what the state keeps. */
function asSeenByPrograms(outs: Properties): Properties {
  return {
    ...outs,
    endpoints: restoreEndpoints(outs.endpoints),
    registered: restoreEcho(outs.registered, outs as unknown as typeof portal),
  }
}

/** The client that the emulator knows, as declared. */
export const portal = {
  psc: 'neoid',
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  clientSecret: 'not-a-secret-portal',
  name: 'Nome da Aplicação',
  comments: 'Descrição da Aplicação',
  email: 'suporte@aplicacao-exemplo.com',
  redirectUris: [
    'https://www.aplicacao-exemplo.com/callback/certificado_nuvem',
    'https://www.aplicacao-exemplo.com/outro-callback',
  ],
  certificate: { hosts: ['www.aplicacao-exemplo.com'] },
}

const registered = {
  clientId: portal.clientId,
  clientSecret: portal.clientSecret,
  certificate: portal.certificate,
}

/** An emulator with one client at each PSC, a door to it, and what the provider says; fresh for every test. */
export interface Stage {
  emulator: Emulator
  door: Door
  said: () => string[]
  /** `POST /psc/…/client_token` and so on, oldest first. */
  asked: () => string[]
  config: Record<string, string>
}

/** Sets the stage before each test of the file, and strikes it after. */
export function useStage(): Stage {
  const stage = {} as Stage
  beforeEach(async () => {
    const lines: string[] = []
    mock.method(console, 'warn', (line: string) => lines.push(line))
    stage.emulator = await startEmulator({
      config: {
        pscs: {
          neoid: {
            clients: [registered, { ...registered, clientId: 'vizinho', name: 'Nome do Vizinho' }],
          },
          serproid: { clients: [registered] },
        },
      },
    })
    stage.config = {
      'psc:baseUrls': JSON.stringify(stage.emulator.baseUrls),
      'psc:timeoutSeconds': '5',
    }
    stage.door = await openDoor(stage.config)
    stage.said = () => lines
    stage.asked = () =>
      stage.emulator.requests.list().map(({ method, path }) => `${method} ${path}`)
  })
  afterEach(async () => {
    mock.restoreAll()
    await stage.emulator.close()
  })
  return stage
}
