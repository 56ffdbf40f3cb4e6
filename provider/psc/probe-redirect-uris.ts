import type { Transport } from './call.ts'
import {
  type Answer,
  type Elsewhere,
  isWeb,
  type Place,
  probe,
  randomUriAt,
  unanswered,
} from './requests/redirect-uri-probe.ts'

/** Names what an authorize request tells of a redirect URI. `not told` also stands for every doubt. */
export type UriStatus = 'registered' | 'not registered' | 'not told'

/** Names why a URI is not told. */
export type Doubt =
  | 'unanswered' // no answer, or one that asks to retry later
  | 'anything' // errors are redirected to addresses that nobody registered
  | 'nothing' // the answer says nothing about the redirect URI, or nothing shows that it would
  | 'client' // the PSC says that the client is unknown or disabled
  | 'scheme' // the URI is not of http
  | 'profile' // the profile says that the PSC does not tell

/** Holds what is known of one redirect URI. */
export interface Finding {
  readonly uri: string
  readonly status: UriStatus
  readonly doubt?: Doubt
}

/** Holds what one run has seen at one `authorize`. Every client of the PSC shares it. */
export interface Calibration {
  /** Whether an error of a client was not redirected to a random path. */
  isCalibrated?: boolean
  /** A client and a URI to which an error was redirected. */
  witness?: Place
  /** The clients in a row of which a request was not answered. */
  silent?: number
  /** The written clients of which nothing was told, and so no {@link witness} was found. */
  untold?: number
}

/** After this number of clients in a row, a failure is the PSC's and not one client's or one request's. */
export const severalInARow = 3

/** How often a URI that seems to be missing is asked for again, between requests that must be redirected. */
const confirmations = 3

/** Describes the client whose redirect URIs are probed. */
export interface ProbedClient {
  readonly authorize: string
  readonly clientId: string
  readonly uris: readonly string[]
  /** Whether a token has proven the client a moment ago, so that the PSC knows it. */
  readonly isProven: boolean
  /** Whether the profile or an earlier run shows that this PSC redirects errors to registered URIs only. */
  readonly isKnownToTell: boolean
}

/**
 * Tells which redirect URIs of a client are registered, by authorize requests that are wrong on purpose: a server must not
 * redirect to an unregistered URI, and redirects every other error to a registered one. Nobody signs in.
 *
 * A URI is registered if the error comes back to it with our `state`. It is not registered only if the PSC says the same of
 * it, repeatedly, as of random paths, and still redirects an error of the same client to another URI. Without such a URI, the
 * client must be proven, the PSC must refuse the request for its redirect URI, in other words than that of an unknown client,
 * and another client, an earlier run or the profile must show that this PSC redirects errors. Every other URI is not told.
 *
 * @param run changes with what was seen.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export async function probeRedirectUris(
  transport: Transport,
  run: Calibration,
  client: ProbedClient,
): Promise<Finding[]> {
  let isSilent = (run.silent ?? 0) >= severalInARow
  const ask = async (place: Place): Promise<Answer> => {
    if (isSilent) return unanswered
    const answer = await probe(transport, client.authorize, place)
    isSilent ||= answer.kind === 'unanswered'
    return answer
  }
  const findings = await judgeAll(ask, run, client)
  if (isSilent) run.silent = (run.silent ?? 0) + 1
  else if (client.uris.some(isWeb)) run.silent = 0
  return findings
}

type Ask = (place: Place) => Promise<Answer>

/** Holds a request whose answer must be as expected, so that a URI is called missing. */
interface Check {
  readonly place: Place
  readonly isAsExpected: (other: Answer) => boolean
  readonly isOfWitness?: boolean
}

async function judgeAll(
  ask: Ask,
  run: Calibration,
  { clientId, uris, isProven, isKnownToTell }: ProbedClient,
): Promise<Finding[]> {
  const answers = await Promise.all(
    uris.map(async (uri) => ({ uri, answer: isWeb(uri) ? await ask({ clientId, uri }) : null })),
  )
  const sibling = answers.find(({ answer }) => answer?.kind === 'redirected')?.uri
  if (sibling !== undefined && run.isCalibrated !== true) {
    const { kind } = await ask({ clientId, uri: randomUriAt(sibling) })
    if (kind !== 'elsewhere') {
      const doubt = kind === 'redirected' ? 'anything' : doubtAfter(kind)
      return answers.map(({ uri, answer }) => unknown(uri, answer ? doubt : 'scheme'))
    }
    run.isCalibrated = true
  }
  if (sibling !== undefined) run.witness ??= { clientId, uri: sibling }
  const own = sibling === undefined ? undefined : { clientId, uri: sibling }

  /** Whether an address to which errors were redirected has not been refused meanwhile. */
  let isSteady = true

  /** Finds a reason not to call a URI unregistered to which the error was not redirected. */
  const doubtOf = async (uri: string, answer: Elsewhere): Promise<Doubt | undefined> => {
    if (!own) {
      if (answer.isOfClient) return 'client'
      if (!isProven || !answer.isRefusalOfUri || !(run.witness ?? isKnownToTell)) return 'nothing'
    }
    for (const { place, isAsExpected, isOfWitness } of checksOf(uri, answer)) {
      const other = await ask(place)
      if (isAsExpected(other)) continue
      if (isOfWitness) isSteady = false
      return doubtAfter(other.kind)
    }
    return undefined
  }

  function* checksOf(uri: string, { says }: Elsewhere): Generator<Check> {
    const at = (like: string) => ({ clientId, uri: randomUriAt(like) })
    const isSame = (other: Answer) => other.kind === 'elsewhere' && other.says === says
    const isOther = (other: Answer) => other.kind === 'elsewhere' && other.says !== says
    const isRedirected = ({ kind }: Answer) => kind === 'redirected'
    const same = (place: Place): Check => ({ place, isAsExpected: isSame })
    const here = same({ clientId, uri })
    // A gateway may answer in the server's place, at times: one that limits the rate lets a request pass now and then, but
    // hardly all that must be redirected, or answered in other words. Nor does one node of several lack a URI each time.
    // A server that says the same of a client that nobody has registered looks at no redirect URI.
    const stranger = { place: { clientId: unregisteredId, uri }, isAsExpected: isOther }
    for (let round = 0; !own && round < confirmations; round += 1) yield* [stranger, here]
    yield* [same(at(uri)), here]
    // Another client may have found it meanwhile.
    const witness = own ?? run.witness
    if (!witness) return
    // A gateway may refuse certain hosts.
    yield same(at(witness.uri))
    const redirected = { place: witness, isAsExpected: isRedirected, isOfWitness: true }
    for (let round = 0; round < confirmations; round += 1) yield* [redirected, here, redirected]
  }

  const findings = await Promise.all(
    answers.map(async ({ uri, answer }): Promise<Finding> => {
      if (!answer) return unknown(uri, 'scheme')
      if (answer.kind === 'redirected') return { uri, status: 'registered' }
      if (answer.kind !== 'elsewhere') return unknown(uri, doubtAfter(answer.kind))
      const doubt = await doubtOf(uri, answer)
      return doubt === undefined ? { uri, status: 'not registered' } : unknown(uri, doubt)
    }),
  )
  const keeps = ({ status }: Finding) => isSteady || status !== 'not registered'
  return findings.map((finding) => (keeps(finding) ? finding : unknown(finding.uri, 'nothing')))
}

function doubtAfter(kind: Answer['kind']): Doubt {
  return kind === 'unanswered' ? 'unanswered' : 'nothing'
}

/** The id of a client that no PSC knows. */
const unregisteredId = 'pulumi-psc-probe'

function unknown(uri: string, doubt: Doubt): Finding {
  return { uri, status: 'not told', doubt }
}
