import { z } from 'zod'
import { operations } from '../http/exchange.ts'
import { pscNames } from '../pscs.ts'

const milliseconds = z.int().min(0).max(3_600_000)

const status = z.int().min(200).max(599)

const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'must be printable ASCII')

const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a header name'),
  headerValue,
)

/** Whom a fault strikes, and how often. */
const aim = {
  operation: z.enum([...operations, '*']).default('*'),
  psc: z.enum([...pscNames, 'motor-rce']).optional(),
  clientId: z.string().min(1).optional(),
  /** How many requests it strikes. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
  /** How many requests it lets pass first. */
  skip: z.int().min(0).default(0),
  /** How long the answer is held back. */
  delayMs: milliseconds.default(0),
}

/** Before: the request is not carried out. After: it is, and only then something goes wrong. */
const when = z.enum(['before', 'after']).default('before')

/** Everything that can be scripted. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Any status, headers and body in the place of the answer. */
  z.strictObject({
    kind: z.literal('answer'),
    ...aim,
    when,
    status,
    retryAfter: z.union([z.int().min(0), headerValue]).optional(),
    headers: headers.default({}),
    contentType: headerValue.optional(),
    /** A text goes out as it is, anything else as JSON. */
    body: z.json().optional(),
  }),
  /** A documented error by its code: `FALHA_MANUTENCAO_APLICACAO`, `server_error` … */
  z.strictObject({
    kind: z.literal('error'),
    ...aim,
    when,
    code: z.string(),
    detail: z.string().optional(),
  }),
  /** Nothing but `delayMs`. */
  z.strictObject({ kind: z.literal('delay'), ...aim, when, delayMs: milliseconds }),
  /** No answer, ever, on a connection that stays open. */
  z.strictObject({ kind: z.literal('hang'), ...aim, when }),
  /** The connection ends without an answer; with `reset` by a TCP reset. */
  z.strictObject({ kind: z.literal('drop'), ...aim, when, reset: z.boolean().default(false) }),
  /** The very text in the place of the answer, be it HTTP or not, and the end of the connection. */
  z.strictObject({ kind: z.literal('raw'), ...aim, when, text: z.string() }),
  /** The real answer, cut off: by a lost connection, or by a body that is too short but framed as if it were whole. */
  z.strictObject({
    kind: z.literal('truncated'),
    ...aim,
    bytes: z.int().min(0).optional(),
    framing: z.enum(['broken', 'intact']).default('broken'),
  }),
  /** A gateway's HTML page. */
  z.strictObject({ kind: z.literal('html'), ...aim, when, status: status.default(502) }),
  /** The framework's JSON array. */
  z.strictObject({ kind: z.literal('array'), ...aim, when, status: status.default(415) }),
  /** The real answer with some of its JSON fields changed: a wrong echo, an odd token, no `expires_in`. */
  z.strictObject({
    kind: z.literal('rewrite'),
    ...aim,
    set: z.record(z.string(), z.json()).default({}),
    remove: z.array(z.string()).default([]),
  }),
  /** A body without an end. */
  z.strictObject({ kind: z.literal('endless'), ...aim, when, status: status.default(200) }),
  /** The real answer, a few bytes at a time. */
  z.strictObject({
    kind: z.literal('trickle'),
    ...aim,
    bytes: z.int().min(1).default(1),
    intervalMs: milliseconds.default(100),
  }),
  /** A redirect, to anywhere. */
  z.strictObject({
    kind: z.literal('redirect'),
    ...aim,
    when,
    status: z.literal([301, 302, 303, 307, 308]).default(307),
    location: headerValue,
  }),
])

/** A fault as a test writes it: everything with a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>

export type FaultScript = z.output<typeof faultSchema>
