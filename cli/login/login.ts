import { createContext } from '../../provider/engine/context.ts'
import { CallbackError } from '../../provider/errors.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import type { ManifestClientArgs } from '../../provider/manifest/index.ts'
import { resolveProfile } from '../../provider/psc/index.ts'
import {
  type AuthorizationAnswer,
  beginSignIn,
  exchangeCode,
  judgeGrant,
  readCallback,
  type Scope,
  type SignIn,
} from '../../provider/psc/sign-in/index.ts'
import { readIdentification } from '../../provider/rules/identification.ts'
import { nearest } from '../../provider/rules/nearest.ts'
import { CommandError, exitCodes } from '../errors.ts'
import { readSecret } from '../secret.ts'
import { load, type Loaded } from '../stack.ts'
import { say } from '../../provider/say.ts'
import { reportGrant, reportSignIn } from './report.ts'
import type { Terminal } from './terminal.ts'

export interface LoginOptions {
  /** Default: that of the stack, or `clients.yaml`. */
  readonly manifest?: string
  /** The stack whose addresses and settings apply. */
  readonly stack?: string
  readonly scope: Scope
  /** Default: the client's first. */
  readonly redirectUri?: string
  /** A CPF or a CNPJ, with or without separators. */
  readonly loginHint?: string
  /** Whether to read the address from standard input without a terminal. */
  readonly callbackUrl?: '-'
  readonly json?: boolean
}

/** How often the command asks again after a wrong address. */
const tries = 5

/**
 * Tests a sign-in, and shows the grant, never the token.
 *
 * @param key the client's key in the manifest.
 * @returns the exit code: 1 if the grant differs from the request or from the API document.
 * @throws {CommandError} for wrong usage, or without an address.
 * @throws {ConfigurationError} for a wrong setting of the stack.
 * @throws {ManifestError} with every problem of the manifest.
 * @throws {SecretUnavailableError} before the sign-in begins.
 * @throws {CallbackError} when the sign-in ended without a code.
 * @throws {PscError} when the PSC refuses the code.
 */
export async function login(
  key: string,
  options: LoginOptions,
  terminal: Terminal,
): Promise<number> {
  const { manifest, baseUrls, get } = load(options.manifest, options.stack, { isWritten: false })
  const client = findClient(manifest, key)
  const { clientId } = client
  const redirectUri = findRedirectUri(key, client, options.redirectUri)
  const loginHint = readLoginHint(options.loginHint)
  if (!terminal.isInteractive && options.callbackUrl === undefined) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`there is no terminal. Give --callback-url -, and write the final address of the browser to standard input.`,
    )
  }
  const context = createContext(get)
  const clientSecret = readSecret(context, key, client.clientSecret)
  const secret = { clientSecret, reference: client.clientSecret }
  const profile = resolveProfile(client.psc, baseUrls)
  const { scope } = options
  const request = { clientId, redirectUri, scope, loginHint }
  const signIn = await beginSignIn(profile, request, terminal.now())
  const about = { client: key, psc: profile.name }
  reportSignIn(about, signIn, terminal)
  terminal.openBrowser(signIn.authorizeUrl)
  const answer = await askForAddress(signIn, terminal)
  try {
    const transport = context.transport(profile)
    const raw = await exchangeCode(signIn, secret, answer, transport, terminal.now())
    const judged = judgeGrant(raw, signIn.scope, profile.scopeLifetimes)
    reportGrant(about, signIn, judged, { json: options.json === true }, terminal)
    return judged.problems.length === 0 ? exitCodes.good : exitCodes.problem
  } finally {
    await closeConnections()
  }
}

function findClient({ file, clients }: Loaded['manifest'], key: string): ManifestClientArgs {
  const found = clients.find((client) => client.key === key)
  if (found) return found.args
  const keys = clients.map((client) => client.key)
  const near = nearest(key, keys)
  const shown = `${keys.slice(0, 10).join(', ')}${keys.length > 10 ? ', …' : ''}`
  const advice = near
    ? say`Did you mean ${near}?`
    : keys.length > 0
      ? say`It declares ${shown}.`
      : say`It declares no client at all.`
  throw new CommandError('ERR_PSC_USAGE', `${say`${file} declares no client "${key}".`} ${advice}`)
}

function findRedirectUri(
  key: string,
  { redirectUris }: ManifestClientArgs,
  wanted = redirectUris[0],
): string {
  const found = redirectUris.find((uri) => uri === wanted)
  if (found !== undefined) return found
  throw new CommandError(
    'ERR_PSC_USAGE',
    say`${key} has no redirect URI ${String(wanted)}. Use one of: ${redirectUris.join(', ')}.`,
  )
}

function readLoginHint(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const identification = readIdentification(given)
  if (identification) return identification.plain
  // Does not repeat the value, which may be a mistyped number of a person.
  throw new CommandError(
    'ERR_PSC_USAGE',
    say`--login-hint is not a CPF or a CNPJ: its length or its check digits are wrong. Give all 11 or 14 characters.`,
  )
}

/** Asks until the address fits this sign-in. */
async function askForAddress(signIn: SignIn, terminal: Terminal): Promise<AuthorizationAnswer> {
  for (let attempt = 1; ; attempt++) {
    const address = await terminal.ask(`${say`The address that the browser ended on:`} `)
    if (address === undefined) {
      throw new CommandError(
        'ERR_PSC_LOGIN',
        say`standard input ended without an address. Begin again.`,
      )
    }
    try {
      return readCallback(signIn, address)
    } catch (error) {
      if (!(error instanceof CallbackError) || error.final || attempt === tries) throw error
      terminal.note(error.message)
    }
  }
}
