import { z } from 'zod'
import { pscNames } from '../pscs.ts'
import { operations } from '../services/endpoint.ts'

const milliseconds = z.int().min(0).max(3_600_000)

const status = z.int().min(200).max(599)

const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'must be printable ASCII')

const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a header name'),
  headerValue,
)

/** Selects the requests that a fault strikes. */
const aim = {
  operation: z.enum([...operations, '*']).default('*'),
  psc: z.enum([...pscNames, 'motor-rce']).optional(),
  clientId: z.string().min(1).optional(),
  /** The number of requests that it strikes. */
  times: z
    .union([z.int().min(1), z.literal('always')], 'must be a whole number from 1, or always')
    .default(1),
  /** The number of requests that it lets pass first. */
  skip: z.int().min(0).default(0),
  /** The delay before the response. */
  delayMs: milliseconds.default(0),
}

/** `before`: the request has no effect. `after`: it takes effect, and then the fault strikes. */
const when = z.enum(['before', 'after']).default('before')

/** Every kind of fault. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Replaces the response with any status, headers and body. */
  z.strictObject({
    kind: z.literal('answer'),
    ...aim,
    when,
    status,
    retryAfter: z
      .union([z.int().min(0), headerValue], 'must be a number of seconds or printable ASCII')
      .optional(),
    headers: headers.default({}),
    contentType: headerValue.optional(),
    /** A string is sent as it is, any other value as JSON. */
    body: z.json().optional(),
  }),
  /** Replaces the response with a documented error, such as `FALHA_MANUTENCAO_APLICACAO`. */
  z.strictObject({
    kind: z.literal('error'),
    ...aim,
    when,
    code: z.string(),
    detail: z.string().optional(),
  }),
  /** Only delays the response. */
  z.strictObject({ kind: z.literal('delay'), ...aim, when, delayMs: milliseconds }),
  /** Never responds, and keeps the connection open. */
  z.strictObject({ kind: z.literal('hang'), ...aim, when }),
  /** Closes the connection without a response; `reset` does so by a TCP reset. */
  z.strictObject({ kind: z.literal('drop'), ...aim, when, reset: z.boolean().default(false) }),
  /** Sends a text that need not be HTTP, and closes the connection. */
  z.strictObject({ kind: z.literal('raw'), ...aim, when, text: z.string() }),
  /** Cuts the real response off: `broken` loses the connection, `intact` frames a short body as if it were whole. */
  z.strictObject({
    kind: z.literal('truncated'),
    ...aim,
    bytes: z.int().min(0).optional(),
    framing: z.enum(['broken', 'intact']).default('broken'),
  }),
  /** Replaces the response with the HTML page of a gateway. */
  z.strictObject({ kind: z.literal('html'), ...aim, when, status: status.default(502) }),
  /** Replaces the response with the JSON array of SERPRO's framework. */
  z.strictObject({ kind: z.literal('array'), ...aim, when, status: status.default(415) }),
  /** Changes JSON fields of the real response: a wrong echo, an odd token, no `expires_in`. */
  z.strictObject({
    kind: z.literal('rewrite'),
    ...aim,
    set: z.record(z.string(), z.json()).default({}),
    remove: z.array(z.string()).default([]),
  }),
  /** Sends a body without an end. */
  z.strictObject({ kind: z.literal('endless'), ...aim, when, status: status.default(200) }),
  /** Sends the real response a few bytes at a time. */
  z.strictObject({
    kind: z.literal('trickle'),
    ...aim,
    bytes: z.int().min(1).default(1),
    intervalMs: milliseconds.default(100),
  }),
  /** Redirects anywhere. */
  z.strictObject({
    kind: z.literal('redirect'),
    ...aim,
    when,
    status: z.literal([301, 302, 303, 307, 308]).default(307),
    location: headerValue,
  }),
])

/** A fault as a test writes it. Keys with a default are optional. */
export type FaultInput = z.input<typeof faultSchema>

export type FaultScript = z.output<typeof faultSchema>
