// What tests of several rooms are made of: a client as declared, an emulator that knows it, a provider opened as the
// engine opens it, a manifest, and a stack of the real engine. Each `use…` makes its piece before and removes it after.
import { after, afterEach, before, beforeEach, mock } from 'node:test'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts'
import { openProvider, type Provider, type Resource } from './provider.ts'
import { Stack, type StackOptions } from './stack.ts'

export { engineUnknown, openProvider, type Provider, refusals } from './provider.ts'

/** The example of the NeoID document, as declared; every PSC of the emulator knows it. */
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

/** A credential of Motor RCE; the emulator knows it. */
export const motorRce = { clientId: 'motor-rce', clientSecret: 'not-a-secret-motor' }

/** What the emulator has to know of a client; its other fields are what a maintenance sets. */
export function registered({ clientId, clientSecret, certificate }: typeof portal) {
  return { clientId, clientSecret, certificate }
}

const clients = [registered(portal)]
const neighbour = { ...registered(portal), clientId: 'vizinho', name: 'Nome do Vizinho' }

/** Every PSC with the client above, NeoID with a neighbour of it, and Motor RCE. */
const everyPsc: EmulatorOptions['config'] = {
  pscs: {
    standard: { clients },
    neoid: { clients: [...clients, neighbour] },
    serproid: { clients },
    vidaas: { clients },
    birdid: { clients },
    vaultid: { clients },
    safeid: { clients },
  },
  motorRce: { clients: [motorRce] },
}

/** Whether a piece is made for each test, or once for all tests of a file or of a `describe`. */
export type Lifetime = 'test' | 'suite'

function hooks(lifetime: Lifetime): readonly [typeof before, typeof after] {
  return lifetime === 'test' ? [beforeEach, afterEach] : [before, after]
}

export interface WithEmulator {
  emulator: Emulator
  /** The operation and the status of each request, oldest first: `clientToken 200`. */
  requests: () => string[]
}

/** An emulator with every PSC, or with those of a configuration of its own. */
export function useEmulator(
  config: EmulatorOptions['config'] = everyPsc,
  lifetime: Lifetime = 'test',
): WithEmulator {
  const fixture = { requests: () => requestsOf(fixture.emulator) } as WithEmulator
  const [begin, end] = hooks(lifetime)
  begin(async () => {
    fixture.emulator = await startEmulator({ config })
  })
  end(() => fixture.emulator.close())
  return fixture
}

function requestsOf({ requests }: Emulator): string[] {
  return requests
    .list()
    .map(({ operation, status }) => `${operation ?? 'unknown'} ${status ?? 'without an answer'}`)
}

export interface WithProvider extends WithEmulator {
  provider: Provider
  /** What the provider was configured with: the emulator's addresses and a time limit of five seconds. */
  config: Record<string, string>
  /** The lines that it has logged as warnings. */
  warnings: string[]
}

/** A provider of a resource and the emulator that it talks to, fresh for each test. */
export function useProvider(
  resource: Resource,
  emulatorConfig?: EmulatorOptions['config'],
): WithProvider {
  const fixture = useEmulator(emulatorConfig) as WithProvider
  beforeEach(async () => {
    fixture.warnings = []
    mock.method(console, 'warn', (line: string) => fixture.warnings.push(line))
    fixture.config = {
      'psc:baseUrls': JSON.stringify(fixture.emulator.baseUrls),
      'psc:timeoutSeconds': '5',
    }
    fixture.provider = await openProvider(resource, fixture.config)
  })
  afterEach(() => {
    mock.restoreAll()
  })
  return fixture
}

/** A program that declares what is in `clients.yaml`. */
export const manifestProgram =
  "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n"

/** Entry → what differs from the client above, whose secret is in the variable PORTAL_SECRET. */
export type Entries = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The text of a manifest, in JSON, which is YAML. */
export function manifestOf(entries: Entries, rest: Readonly<Record<string, unknown>> = {}): string {
  const defaults = { ...portal, clientSecret: { env: 'PORTAL_SECRET' } }
  const declared = Object.entries(entries).map(
    ([key, change]) => [key, { ...defaults, ...change }] as const,
  )
  return JSON.stringify({ ...rest, clients: Object.fromEntries(declared) })
}

export interface WithStack extends WithEmulator {
  stack: Stack
}

export interface UseStackOptions extends Partial<Omit<StackOptions, 'config'>> {
  /** Default: every PSC. */
  readonly emulator?: EmulatorOptions['config']
  /** Default: once for the suite. */
  readonly lifetime?: Lifetime
  /** Of the stack, beside the addresses of the emulator. */
  readonly config?: (emulator: Emulator) => Readonly<Record<string, unknown>>
  /** The text of `clients.yaml`, which the program declares. */
  readonly manifest?: string
  /** What happens before the first test. */
  readonly prepare?: (stack: Stack) => unknown
}

/** A stack of the real engine that knows the addresses and the secrets of an emulator. */
export function useStack(options: UseStackOptions = {}): WithStack {
  const { emulator, lifetime = 'suite', manifest, config, prepare, ...rest } = options
  const fixture = { requests: () => requestsOf(fixture.emulator) } as WithStack
  const [begin, end] = hooks(lifetime)
  // One hook: those of a file run at once, not one after the other.
  begin(async () => {
    fixture.emulator = await startEmulator({ config: emulator ?? everyPsc })
    fixture.stack = await Stack.create({
      ...rest,
      files: {
        'index.ts': manifestProgram,
        ...(manifest !== undefined && { 'clients.yaml': manifest }),
        ...rest.files,
      },
      config: { 'psc:baseUrls': fixture.emulator.baseUrls, ...config?.(fixture.emulator) },
      env: { PORTAL_SECRET: portal.clientSecret, ...rest.env },
    })
    await prepare?.(fixture.stack)
  })
  end(async () => {
    fixture.stack.remove()
    await fixture.emulator.close()
  })
  return fixture
}
