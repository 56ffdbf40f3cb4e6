import type { Context } from 'hono'
import type { Psc } from '../psc/psc.ts'
import type { RefusalCode } from '../psc/refusals.ts'
import type { PscName } from '../pscs.ts'

/** The operations by which requests are filtered and faults are aimed. */
export const operations = [
  'clientToken',
  'clientMaintenance',
  'application',
  'applicationCert',
  'authorize',
  'token',
  'metadata',
  'motorRce',
] as const

export type Operation = (typeof operations)[number]

/** One method of one path of a PSC or of Motor RCE. */
export interface Service {
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the base path of the PSC. */
  readonly path: string
  /** The only media type that the endpoint takes. */
  readonly consumes?: string
  readonly answer: (c: Context) => Response | Promise<Response>
  /** Answers a request that the service itself never sees. Default: SERPRO's array. */
  readonly framework?: FrameworkRefusal
  /** Makes a documented error from its code. Returns `undefined` for a code that the document does not have. */
  readonly refusal: (code: string, detail?: string) => Response | undefined
  /** Makes the documented answer to an internal error. */
  readonly failure: (c: Context) => Response | Promise<Response>
}

/**
 * Makes a service whose errors are in the vocabulary of its PSC.
 *
 * @param internalError the code of the documented answer to an internal error
 */
export function pscService(
  { behaviour }: Psc,
  internalError: RefusalCode,
  service: Omit<Service, 'refusal' | 'failure'>,
): Service {
  const { refuse, byName } = behaviour.vocabulary
  return { ...service, refusal: byName, failure: () => refuse(internalError) }
}

/** A service at its place on the server: `path` begins at the root. */
export interface Endpoint extends Service {
  readonly issuer: PscName | 'motor-rce'
}

export const form = 'application/x-www-form-urlencoded'
export const json = 'application/json'
export const jwt = 'application/jwt'

/** Compares the Content-Type of a request without its parameters. */
export function hasMediaType(headers: Headers, mediaType: string): boolean {
  const value = headers.get('content-type') ?? ''
  return value.split(';', 1)[0]?.trim().toLowerCase() === mediaType
}

/** Parses the object of a JSON text. Returns `undefined` for anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Word for word from the documents' examples of success, `Cache-Control: Cache-Control` included. */
export const documentedCaching = { 'Cache-Control': 'Cache-Control', Pragma: 'no-cache' } as const

/** Makes the answer of the framework below a PSC's services. */
export type FrameworkRefusal = (
  status: number,
  error: string,
  description: string,
  headers?: Readonly<Record<string, string>>,
) => Response

/**
 * Answers with a JSON array, as SERPRO's framework does. A third party reported the shape with a 415; the texts are the
 * emulator's own.
 */
export const refuseWithArray: FrameworkRefusal = (status, error, description, headers = {}) =>
  Response.json([{ error, error_description: [description] }], { status, headers })

export const malformedBody = (): Response =>
  refuseWithArray(400, 'Bad Request', 'Corpo da solicitação malformado')
