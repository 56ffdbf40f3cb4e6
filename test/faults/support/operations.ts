import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { check, create } from '../../../provider/client/verbs.ts'
import { create as createCredential } from '../../../provider/credential/verbs.ts'
import { type Context, createContext } from '../../../provider/engine/context.ts'
import { UnsettledError } from '../../../provider/errors.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'
import { beginSignIn, type SignIn } from '../../../provider/psc/sign-in/authorization.ts'
import { readCallback } from '../../../provider/psc/sign-in/callback.ts'
import { exchangeCode } from '../../../provider/psc/sign-in/user-token.ts'
import { ManualClock } from '../../http/support/clock.ts'
import '../../support/machine.ts'
import type { Asked } from './faults.ts'

/** Something that a user does, and what it comes to. */
export interface Operation {
  readonly title: string
  readonly asked: Asked
  /** Gets everything ready that the fault shall not strike. */
  prepare(emulator: Emulator, clock: ManualClock): Promise<Prepared>
}

/** An operation right before it happens. */
export interface Prepared {
  /** Throws what the user sees, or returns what is left in the state. */
  run(): Promise<string>
  /** What is left in the state when it threw. */
  afterFailure(error: unknown): string
  /** What is left at the server, once the fault is gone. */
  left(): Promise<string>
}

const host = 'portal.exemplo.gov.br'

const client = {
  psc: 'neoid' as const,
  clientId: 'portal',
  clientSecret: 'not-a-secret-portal',
  name: 'Portal',
  comments: 'Como declarado',
  email: 'suporte@exemplo.gov.br',
  redirectUris: [`https://${host}/callback`],
  certificate: { hosts: [host] },
}

const credential = {
  issuer: 'motor-rce',
  clientId: 'motor-rce',
  clientSecret: 'not-a-secret-motor',
}

/** An emulator that knows what the operations ask for. */
export function startServer(): Promise<Emulator> {
  const { clientId, clientSecret, redirectUris, certificate } = client
  const registered = { clientId, clientSecret, redirectUris, certificate, comments: 'Como antes' }
  const { clientId: id, clientSecret: secret } = credential
  return startEmulator({
    config: {
      pscs: { neoid: { clients: [registered] } },
      motorRce: { clients: [{ clientId: id, clientSecret: secret }] },
    },
  })
}

function contextFor(emulator: Emulator, clock: ManualClock): Context {
  const config: Record<string, string> = { 'psc:baseUrls': JSON.stringify(emulator.baseUrls) }
  return createContext((key) => config[key], clock)
}

const atThePsc = (emulator: Emulator): Promise<string> => {
  const { comments } = emulator.registered('neoid', client.clientId) ?? {}
  return Promise.resolve(comments === client.comments ? 'as declared' : 'as before')
}

const preview: Operation = {
  title: 'Preview of a new client: `POST /client_token`',
  asked: 'clientToken',
  prepare(emulator, clock) {
    const context = contextFor(emulator, clock)
    return Promise.resolve({
      async run() {
        const { failures } = await check(context, { old: undefined, news: client })
        const [failure] = failures
        if (failure) throw new Error(failure)
        return 'nothing; the preview passes'
      },
      afterFailure: () => 'nothing; the preview fails',
      left: () => atThePsc(emulator),
    })
  },
}

const apply = (asked: 'clientToken' | 'clientMaintenance', title: string): Operation => ({
  title,
  asked,
  prepare(emulator, clock) {
    const context = contextFor(emulator, clock)
    return Promise.resolve({
      async run() {
        await create(context, { news: client })
        return 'as declared'
      },
      afterFailure: (error) =>
        error instanceof UnsettledError
          ? 'as declared, marked as not settled: the next run writes it again'
          : 'as before: the next run writes it',
      left: () => atThePsc(emulator),
    })
  },
})

const signIn: Operation = {
  title: '`psc login`: `POST /token`',
  asked: 'token',
  async prepare(emulator, clock) {
    const profile = resolveProfile({ extends: 'neoid', baseUrl: emulator.baseUrls.neoid })
    const [redirectUri = ''] = client.redirectUris
    const request = { clientId: client.clientId, redirectUri, scope: 'single_signature' as const }
    const begun = await beginSignIn(profile, request, 0)
    const address = emulator.authorize(begun.authorizeUrl) ?? ''
    const exchange = (context: Context) => exchangeOnce(begun, address, context)
    return {
      async run() {
        await exchange(contextFor(emulator, clock))
        return 'nothing is ever kept'
      },
      afterFailure: () => 'nothing is ever kept',
      async left() {
        const again = await exchange(contextFor(emulator, new ManualClock())).catch(() => undefined)
        return again ? 'the code can still be used' : 'the code is used up'
      },
    }
  },
}

function exchangeOnce(begun: SignIn, address: string, context: Context): Promise<unknown> {
  const answer = readCallback(begun, address)
  const transport = context.transport({ name: 'neoid' })
  return exchangeCode(begun, client, answer, transport, 0)
}

const motorRce: Operation = {
  title: '`TokenCredential` of Motor RCE',
  asked: 'motorRce',
  prepare(emulator, clock) {
    const context = contextFor(emulator, clock)
    return Promise.resolve({
      async run() {
        await createCredential(context, { news: { ...credential, authBaseUrl: emulator.url } })
        return 'proven; what depends on it goes on'
      },
      afterFailure: () => 'not proven; what depends on it is held back',
      left: () => Promise.resolve('nothing changes there'),
    })
  },
}

/** Every operation, in the order of the tables. */
export const operations: readonly Operation[] = [
  preview,
  apply('clientToken', 'Apply: `POST /client_token`'),
  apply('clientMaintenance', 'Apply: `PUT /client_maintenance`'),
  signIn,
  motorRce,
]
