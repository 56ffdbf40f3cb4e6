import type { Clock } from '../psc/tokens.ts'
import { readBasic } from '../services/client-authentication.ts'
import { type Endpoint, form, hasMediaType, json, type Operation } from '../services/endpoint.ts'
import { parametersToObject, redact, redactHeaders, shorten, shortenText } from './redact.ts'

/** A request without its secrets. Long strings are cut after 1 KiB. */
export interface RecordedRequest {
  /** Counts up from 1, also after a clear. */
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: unknown
  readonly headers: Readonly<Record<string, string>>
  /** The fields of a form or of a JSON document; `null` for any other body. */
  readonly body: unknown
  readonly psc?: string
  readonly operation?: Operation
  readonly clientId?: string
  /** The status of the response; `null` before it and for a dropped connection. */
  status: number | null
  /** The id of the fault that struck the request. */
  fault?: number
}

/** Names values that a recorded request must have. */
export type RequestFilter = Partial<
  Pick<RecordedRequest, 'method' | 'path' | 'psc' | 'operation' | 'clientId' | 'status'>
>

/** The log drops the oldest requests beyond this number. */
const maxRequests = 10_000

/** The log drops the oldest requests beyond this number of characters of JSON. */
const maxCharacters = 2 ** 25

/** The requests so far, oldest first. */
export class RequestLog {
  readonly #now: Clock
  /** Each with its size in characters. */
  readonly #requests = new Map<number, { request: RecordedRequest; size: number }>()
  #size = 0
  #last = 0

  constructor(now: Clock) {
    this.#now = now
  }

  /** Returns the requests that have all values of the filter. */
  list(filter: RequestFilter = {}): RecordedRequest[] {
    const wanted = Object.entries(filter)
    return [...this.#requests.values()]
      .map(({ request }) => request)
      .filter((request) =>
        wanted.every(([key, value]) => request[key as keyof RequestFilter] === value),
      )
  }

  /** Forgets every request. */
  clear(): void {
    this.#requests.clear()
    this.#size = 0
  }

  /** @internal */
  record({ method, url, headers }: Request, text: string, endpoint?: Endpoint): RecordedRequest {
    const { pathname, searchParams } = new URL(url)
    const body = readFields(headers, text)
    const clientId =
      clientIdIn(body) ?? searchParams.get('client_id') ?? readBasic(headers)?.clientId
    const request: RecordedRequest = {
      id: ++this.#last,
      at: new Date(this.#now()).toISOString(),
      method,
      path: shortenText(pathname),
      query: shorten(redact(parametersToObject(searchParams))),
      headers: shorten(redactHeaders(headers)) as Record<string, string>,
      body: shorten(redact(body)),
      ...(endpoint && { psc: endpoint.issuer, operation: endpoint.operation }),
      ...(clientId !== undefined && { clientId: shortenText(clientId) }),
      status: null,
    }
    const size = JSON.stringify(request).length
    this.#requests.set(request.id, { request, size })
    this.#size += size
    this.#forget()
    return request
  }

  #forget(): void {
    for (const [id, { size }] of this.#requests) {
      if (this.#requests.size <= maxRequests && this.#size <= maxCharacters) return
      this.#requests.delete(id)
      this.#size -= size
    }
  }
}

function readFields(headers: Headers, text: string): unknown {
  if (hasMediaType(headers, form)) return parametersToObject(new URLSearchParams(text))
  if (!hasMediaType(headers, json)) return null
  try {
    const value: unknown = JSON.parse(text)
    // A bare string could be a secret.
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function clientIdIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('client_id' in body)) return undefined
  return typeof body.client_id === 'string' ? body.client_id : undefined
}

/** Describes a request in one line for a terminal. */
export function describe({ method, path, status, psc, clientId, fault }: RecordedRequest): string {
  const who = [psc, clientId, fault && `fault ${fault}`]
    .filter((part) => part !== undefined)
    .join(', ')
  return printable(`${method} ${path} ${status ?? 'no answer'}${who && ` (${who})`}`)
}

/** Removes a terminal's escape sequences, which a request could have. */
function printable(text: string): string {
  return text.slice(0, 300).replace(/\p{C}/gu, '?')
}
