import { form, json } from '../http/endpoint.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { hasMediaType } from '../http/exchange.ts'
import type { Asked, Operation } from '../http/exchange.ts'
import type { Clock } from '../psc/tokens.ts'
import { parametersToObject, redact, redactHeaders } from './redact.ts'

/** A request that the emulator was asked, without what is confidential in it. */
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

/** What was asked, oldest first. */
export class RequestLog {
  readonly #now: Clock
  #requests: RecordedRequest[] = []
  #last = 0

  constructor(now: Clock) {
    this.#now = now
  }

  /** Every request, or those that have all the values of the filter. */
  list(filter: RequestFilter = {}): RecordedRequest[] {
    const wanted = Object.entries(filter)
    return this.#requests
      .slice(-kept)
      .filter((request) =>
        wanted.every(([key, value]) => request[key as keyof RequestFilter] === value),
      )
  }

  clear(): void {
    this.#requests = []
  }

  /** @internal */
  record(asked: Asked, endpoint?: Endpoint): RecordedRequest {
    const body = readFields(asked)
    const clientId = clientIdIn(body) ?? asked.query.get('client_id') ?? undefined
    const request: RecordedRequest = {
      id: ++this.#last,
      at: new Date(this.#now()).toISOString(),
      method: asked.method,
      path: asked.path,
      query: redact(parametersToObject(asked.query)),
      headers: redactHeaders(asked.headers),
      body: redact(body),
      ...(endpoint && { psc: endpoint.issuer, operation: endpoint.operation }),
      ...(clientId !== undefined && { clientId }),
      status: null,
    }
    this.#requests.push(request)
    // In batches: dropping one element at a time would move all the others each time.
    if (this.#requests.length > 2 * kept) this.#requests = this.#requests.slice(-kept)
    return request
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
