import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock } from '../../http/support/clock.ts'
import { send } from '../../../provider/http/send.ts'
import {
  type Calibration,
  type ProbedClient,
  probeRedirectUris,
} from '../../../provider/psc/probe-redirect-uris.ts'

/** Probes redirect URIs over real connections, and answers what each was told to be: `registered`, `nothing`. */
export async function probe(
  client: Pick<ProbedClient, 'authorize' | 'clientId' | 'uris'> & Partial<ProbedClient>,
  run: Calibration = {},
): Promise<string[]> {
  const findings = await probeRedirectUris(
    (request) =>
      send(request, { time: { leftMs: 10_000 }, maxConnections: 8, clock: new ManualClock() }),
    run,
    { isProven: false, isKnownToTell: false, ...client },
  )
  return findings.map(({ status, doubt }) => doubt ?? status)
}

/** What a server answers to an authorize request: a status, and where it redirects to or the page. 0 ends the connection. */
export interface Reply {
  readonly status: number
  readonly location?: string
  readonly body?: string
  /** In seconds. */
  readonly retryAfter?: number
}

export interface AuthorizeServer extends AsyncDisposable {
  readonly authorize: string
  /** The parameters of each request, oldest first. */
  readonly asked: readonly URLSearchParams[]
}

/** Starts a server that answers authorize requests in its own way. */
export async function startAuthorize(
  reply: (query: URLSearchParams, count: number) => Reply,
): Promise<AuthorizeServer> {
  const asked: URLSearchParams[] = []
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://psc').searchParams
    const { status, location, body, retryAfter } = reply(query, asked.push(query))
    if (status === 0) {
      request.socket.destroy()
      return
    }
    const headers = {
      ...(location !== undefined && { location }),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    }
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    authorize: `http://127.0.0.1:${(server.address() as AddressInfo).port}/authorize`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The address to which a server that follows RFC 6749 redirects an error. */
export function errorAt(
  query: URLSearchParams,
  changed: Readonly<Record<string, string>> = {},
): string {
  const location = new URL(query.get('redirect_uri') ?? '')
  const parameters = { error: 'invalid_request', state: query.get('state') ?? '', ...changed }
  for (const [key, value] of Object.entries(parameters)) location.searchParams.append(key, value)
  return location.href
}
