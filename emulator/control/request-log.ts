import { type Endpoint, form, json } from '../http/endpoint.ts'
import { type Asked, hasMediaType, type Operation } from '../http/exchange.ts'
import type { Clock } from '../psc/tokens.ts'
import { parametersToObject, redact, redactHeaders, shorten, shortenText } from './redact.ts'

/** A request that the emulator was asked, without what is confidential in it, and of a long text only the first KiB. */
export interface RecordedRequest {
  /** Counts up from 1 and is not reused after a clear. */
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: unknown
  readonly headers: Readonly<Record<string, string>>
  /** A form's or a JSON document's fields; `null` when it was neither. */
  readonly body: unknown
  readonly psc?: string
  readonly operation?: Operation
  readonly clientId?: string
  /** The status that was sent, or `null` as long as none was, which a dropped connection leaves so. */
  status: number | null
  /** The id of the fault that was applied. */
  fault?: number
}

export type RequestFilter = Partial<
  Pick<RecordedRequest, 'method' | 'path' | 'psc' | 'operation' | 'clientId' | 'status'>
>

/** More than this many are forgotten, oldest first. */
const kept = 10_000

/** And what is more than this in all, in characters of JSON. */
const keptCharacters = 2 ** 25

/** What was asked, oldest first. */
export class RequestLog {
  readonly #now: Clock
  /** By their ids, each with its size. */
  readonly #requests = new Map<number, { request: RecordedRequest; size: number }>()
  #size = 0
  #last = 0

  constructor(now: Clock) {
    this.#now = now
  }

  /** Every request, or those that have all the values of the filter. */
  list(filter: RequestFilter = {}): RecordedRequest[] {
    const wanted = Object.entries(filter)
    return [...this.#requests.values()]
      .map(({ request }) => request)
      .filter((request) =>
        wanted.every(([key, value]) => request[key as keyof RequestFilter] === value),
      )
  }

  clear(): void {
    this.#requests.clear()
    this.#size = 0
  }

  /** @internal */
  record(asked: Asked, endpoint?: Endpoint): RecordedRequest {
    const body = readFields(asked)
    const clientId = clientIdIn(body) ?? asked.query.get('client_id') ?? undefined
    const request: RecordedRequest = {
      id: ++this.#last,
      at: new Date(this.#now()).toISOString(),
      method: asked.method,
      path: shortenText(asked.path),
      query: shorten(redact(parametersToObject(asked.query))),
      headers: shorten(redactHeaders(asked.headers)) as Record<string, string>,
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
      if (this.#requests.size <= kept && this.#size <= keptCharacters) return
      this.#requests.delete(id)
      this.#size -= size
    }
  }
}

function readFields(asked: Asked): unknown {
  if (hasMediaType(asked, form)) return parametersToObject(new URLSearchParams(asked.body))
  if (!hasMediaType(asked, json)) return null
  try {
    const value: unknown = JSON.parse(asked.body)
    // A bare text could be anything, also a secret.
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function clientIdIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('client_id' in body)) return undefined
  return typeof body.client_id === 'string' ? body.client_id : undefined
}

/** One line for a person at a terminal: what was asked, by whom, and the answer's status. */
export function describe({ method, path, status, psc, clientId, fault }: RecordedRequest): string {
  const who = [psc, clientId, fault && `fault ${fault}`]
    .filter((part) => part !== undefined)
    .join(', ')
  return printable(`${method} ${path} ${status ?? 'no answer'}${who && ` (${who})`}`)
}

/** What a request brings could hold a terminal's escape sequences. */
function printable(text: string): string {
  return text.slice(0, 300).replace(/\p{C}/gu, '?')
}
