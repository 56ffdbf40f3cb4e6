import assert from 'node:assert/strict'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { Stack } from '../../support/stack.ts'

/** How many clients a fleet has. */
export const size = 25

const secret = 'not-a-secret-fleet'
const numbers = Array.from({ length: size }, (_, index) => index + 1)
const idOf = (number: number): string => `cliente-${number}`
const hostOf = (number: number): string => `c${number}.exemplo.gov.br`

/** Twenty-five clients at one PSC, declared in a stack of the real engine. */
export interface Fleet {
  readonly emulator: Emulator
  readonly stack: Stack
  /** Changes the declaration of every client. */
  declare(version: number): void
  /** Whether the PSC has every client as it was last declared. */
  assertApplied(): void
  /** Calls back with the number of answers that the PSC has given since, right before each is sent. */
  countAnswers(heard: (count: number) => void): void
  remove(): Promise<void>
}

export interface FleetOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, unknown>>
  /** What takes the place of the emulator's address, such as a way there that can be closed. */
  readonly reach?: (emulator: Emulator) => string
}

/** A fleet for the length of one test. */
export async function createFleet(options: FleetOptions = {}): Promise<Fleet> {
  const clients = numbers.map((number) => ({
    clientId: idOf(number),
    clientSecret: secret,
    certificate: { hosts: [hostOf(number)] },
  }))
  let onAnswer = (): void => undefined
  const emulator = await startEmulator({
    config: { pscs: { neoid: { clients } } },
    onRequest: () => {
      onAnswer()
    },
  })
  const url = options.reach?.(emulator) ?? emulator.url
  const stack = await Stack.create({
    files: { 'index.ts': program, 'clients.yaml': manifest(0) },
    config: {
      'psc:baseUrls': { neoid: emulator.baseUrls.neoid.replace(emulator.url, url) },
      ...options.config,
    },
    env: { FLEET_SECRET: secret, ...options.env },
  })
  let declared = 0
  return {
    emulator,
    stack,
    declare(version) {
      declared = version
      stack.write('clients.yaml', manifest(version))
    },
    assertApplied() {
      for (const number of numbers) {
        const client = emulator.registered('neoid', idOf(number))
        assert.equal(client?.comments, commentsOf(declared), `${idOf(number)} at the PSC`)
        assert.deepEqual(client.redirectUris, urisOf(number, declared))
      }
    },
    countAnswers(heard) {
      let count = 0
      onAnswer = () => {
        heard(++count)
      }
    },
    async remove() {
      stack.remove()
      await emulator.close()
    },
  }
}

const program = "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n"
const commentsOf = (version: number): string => `versão ${version}`
const urisOf = (number: number, version: number): string[] => [
  `https://${hostOf(number)}/v${version}/callback`,
]

function manifest(version: number): string {
  const entries = numbers.map(
    (number) => `  c${number}:
    psc: neoid
    clientId: ${idOf(number)}
    clientSecret: { env: FLEET_SECRET }
    name: Cliente ${number}
    comments: ${commentsOf(version)}
    email: suporte@exemplo.gov.br
    redirectUris: ${JSON.stringify(urisOf(number, version))}
    certificate: { hosts: [${hostOf(number)}] }
`,
  )
  return `clients:\n${entries.join('')}`
}
