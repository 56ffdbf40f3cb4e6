import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { Stack } from '../../support/stack.ts'
import { type Recorder, startRecorder } from './recorder.ts'

/** Lists the secrets. Each is a string that stands nowhere else, with characters that a form encodes. A secret that is set is ASCII. */
export const secrets = {
  environment: 'not/a+secret&by=environment-çã7f31',
  file: 'not/a+secret&by=file-çã09ac',
  configuration: 'not/a+secret&by=configuration-çãe2b8',
  inline: 'not/a+secret&inline-çã5d60',
  old: 'not/a+secret&old-çã1c44',
  fresh: 'not/a+secret&fresh-~"b3f9',
  credential: 'not/a+secret&credential-çã8e07',
  wrong: 'not/a+secret&wrong-çã4a92',
} as const

/** The environment variables from which the commands read the secrets. */
export const environment: Readonly<Record<string, string>> = {
  CANARY_ENVIRONMENT: secrets.environment,
  CANARY_INLINE: secrets.inline,
  CANARY_OLD: secrets.old,
  CANARY_FRESH: secrets.fresh,
  CANARY_CREDENTIAL: secrets.credential,
  CANARY_WRONG: secrets.wrong,
}

const hosts = ['portal.exemplo.gov.br']
const uri = (id: string): string => `https://portal.exemplo.gov.br/${id}`

/** An emulator, a recorder in front of it, and a stack that uses every resource and every kind of secret. */
export interface Fixture {
  readonly emulator: Emulator
  readonly recorder: Recorder
  readonly stack: Stack
  /** One line for each request, as `pulumi-psc emulate` prints them. */
  readonly lines: readonly string[]
  /** Writes the manifest, with other comments or other secrets. */
  declare(change: { comments?: string; environment?: string }): void
  close(): Promise<void>
}

export async function createFixture(): Promise<Fixture> {
  const lines: string[] = []
  const client = (clientId: string, clientSecret: string) => ({
    clientId,
    clientSecret,
    certificate: { hosts },
    redirectUris: [uri(clientId)],
  })
  const emulator = await startEmulator({
    config: {
      pscs: {
        neoid: {
          clients: (['environment', 'file', 'configuration', 'inline'] as const).map((kind) =>
            client(kind, secrets[kind]),
          ),
        },
        vidaas: { clients: [client('rotated', secrets.old)] },
      },
      motorRce: { clients: [{ clientId: 'motor-rce', clientSecret: secrets.credential }] },
    },
    onRequest: (line) => lines.push(line),
  })
  const recorder = await startRecorder(emulator.url)
  const baseUrls = Object.fromEntries(
    (['neoid', 'vidaas'] as const).map((psc) => [
      psc,
      emulator.baseUrls[psc].replace(emulator.url, recorder.url),
    ]),
  )
  const manifest = ({ comments = 'Um', environment: name = 'CANARY_ENVIRONMENT' }): string =>
    JSON.stringify({
      pscs: { neoid: { baseUrl: baseUrls.neoid }, vidaas: { baseUrl: baseUrls.vidaas } },
      clients: {
        environment: entry('environment', { env: name }, comments),
        file: entry('file', { file: 'secret.txt' }, comments),
        configuration: entry('configuration', { config: 'canary' }, comments),
      },
      credentials: {
        motor: {
          issuer: 'motor-rce',
          authBaseUrl: recorder.url,
          clientId: 'motor-rce',
          clientSecret: { env: 'CANARY_CREDENTIAL' },
        },
      },
    })
  const stack = await Stack.create({
    files: { 'index.ts': program, 'clients.yaml': manifest({}), 'secret.txt': secrets.file },
    config: { 'psc:baseUrls': baseUrls, 'psc:timeoutSeconds': 3 },
    env: environment,
  })
  return {
    emulator,
    recorder,
    stack,
    lines,
    declare(change) {
      stack.write('clients.yaml', manifest(change))
    },
    async close() {
      stack.remove()
      await recorder.close()
      await emulator.close()
    },
  }
}

function entry(clientId: string, clientSecret: object, comments: string): object {
  return {
    psc: 'neoid',
    clientId,
    clientSecret,
    name: `By ${clientId}`,
    comments,
    email: 'suporte@exemplo.gov.br',
    redirectUris: [uri(clientId)],
    certificate: { hosts },
  }
}

const program = `import { PscClient, PscRegistration } from 'pulumi-psc'
import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
const application = {
  comments: 'Um', email: 'suporte@exemplo.gov.br', redirectUris: ['${uri('program')}'],
}
const certificate = { hosts: ${JSON.stringify(hosts)} }
new PscClient('inline', {
  ...application, certificate, psc: 'neoid', clientId: 'inline', name: 'Inline',
  clientSecret: process.env.CANARY_INLINE ?? '',
})
new PscClient('rotated', {
  ...application, certificate, psc: 'vidaas', clientId: 'rotated', name: 'Rotated',
  clientSecret: { env: 'CANARY_FRESH' }, previousClientSecret: { env: 'CANARY_OLD' },
})
const registered = new PscRegistration('registered', {
  ...application, psc: 'vidaas', name: 'Registered',
})
new PscClient('registered', {
  ...application, certificate, psc: 'vidaas', name: 'Registered',
  clientId: registered.clientId, clientSecret: registered.clientSecret,
})
export const secret = registered.clientSecret
`
