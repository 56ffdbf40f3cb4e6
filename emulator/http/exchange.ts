/** A request as an endpoint sees it, read whole. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: string
}

/** An answer before it is written: what a fault script changes. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An endpoint's operation, as requests are filtered and faults are scripted by. */
export const operations = [
  'clientToken',
  'clientMaintenance',
  'application',
  'applicationCert',
  'authorize',
  'token',
  'motorRce',
] as const
export type Operation = (typeof operations)[number]

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** Whether a request's Content-Type is the given media type; parameters such as `charset` do not matter. */
export function hasMediaType(asked: Asked, mediaType: string): boolean {
  const value = asked.headers.get('content-type') ?? ''
  return value.split(';', 1)[0]?.trim().toLowerCase() === mediaType
}

/** Word for word as in the documents' examples of success, "Cache-Control: Cache-Control" included. */
export const documentedCaching = { 'Cache-Control': 'Cache-Control', Pragma: 'no-cache' } as const
