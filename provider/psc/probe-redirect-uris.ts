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
  /** Whether a request was not answered. Then no other one is sent. */
  isSilent?: boolean
}

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
 * it, twice, as of random paths, and then redirects an error of the same client to another URI. Without such a URI, the
 * client must be proven, the PSC must refuse the request, in other words than that of an unknown client, and another client,
 * an earlier run or the profile must show that this PSC redirects errors. Every other URI is not told.
 *
 * @param run changes with what was seen.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export async function probeRedirectUris(
  transport: Transport,
  run: Calibration,
  { authorize, clientId, uris, isProven, isKnownToTell }: ProbedClient,
): Promise<Finding[]> {
  const ask = async (uri: string, id = clientId): Promise<Answer> => {
    if (run.isSilent) return unanswered
    const answer = await probe(transport, authorize, { clientId: id, uri })
    if (answer.kind === 'unanswered') run.isSilent = true
    return answer
  }
  const answers = await Promise.all(
    uris.map(async (uri) => ({ uri, answer: isWeb(uri) ? await ask(uri) : undefined })),
  )
  const sibling = answers.find(({ answer }) => answer?.kind === 'redirected')?.uri
  if (sibling !== undefined && run.isCalibrated !== true) {
    const { kind } = await ask(randomUriAt(sibling))
    if (kind !== 'elsewhere')
      return uris.map((uri) => unknown(uri, kind === 'redirected' ? 'anything' : 'unanswered'))
    run.isCalibrated = true
  }
  if (sibling !== undefined) run.witness ??= { clientId, uri: sibling }

  /** Finds a reason not to call a URI unregistered to which the error was not redirected. */
  const doubtOf = async (uri: string, answer: Elsewhere): Promise<Doubt | undefined> => {
    const witness = sibling === undefined ? run.witness : { clientId, uri: sibling }
    if (sibling === undefined) {
      if (answer.isOfClient) return 'client'
      if (!isProven || !answer.isRefusal || !(witness ?? isKnownToTell)) return 'nothing'
      // A server that says the same of a client that nobody has registered looks at no redirect URI.
      const ofNobody = await ask(uri, unregisteredId)
      if (ofNobody.kind !== 'elsewhere' || ofNobody.says === answer.says) return 'nothing'
    }
    // A gateway may refuse certain hosts, so the host of the witness is compared as well.
    for (const like of [uri, ...(witness ? [witness.uri] : [])]) {
      const stranger = await ask(randomUriAt(like))
      if (stranger.kind !== 'elsewhere' || stranger.says !== answer.says) return 'nothing'
    }
    const again = await ask(uri)
    if (again.kind !== 'elsewhere' || again.says !== answer.says) return 'nothing'
    // The server still redirects errors: no gateway has begun to answer in its place.
    if (witness && (await ask(witness.uri, witness.clientId)).kind !== 'redirected')
      return 'nothing'
    return undefined
  }

  return Promise.all(
    answers.map(async ({ uri, answer }): Promise<Finding> => {
      if (!answer) return unknown(uri, 'scheme')
      if (answer.kind === 'redirected') return { uri, status: 'registered' }
      if (answer.kind !== 'elsewhere')
        return unknown(uri, answer.kind === 'unanswered' ? 'unanswered' : 'nothing')
      const doubt = await doubtOf(uri, answer)
      return doubt === undefined ? { uri, status: 'not registered' } : unknown(uri, doubt)
    }),
  )
}

/** The id of a client that no PSC knows. */
const unregisteredId = 'pulumi-psc-probe'

function unknown(uri: string, doubt: Doubt): Finding {
  return { uri, status: 'not told', doubt }
}
