import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import { type Endpoint, refuseWithArray } from '../services/endpoint.ts'
import type { Environment } from '../state.ts'
import { Connection } from './connection.ts'
import type { FaultQueue, PendingFault } from './queue.ts'

/** Strikes requests of an endpoint with the scripted faults. */
export function injectFaults(
  faults: FaultQueue,
  endpoint: Endpoint,
): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const entry = c.get('entry')
    const fault = faults.take(endpoint, entry.clientId)
    if (!fault) return next()
    entry.fault = fault.id
    const connection = new Connection(c.env.incoming, c.env.outgoing)
    const carryOut = async (): Promise<Response> => {
      if (!c.finalized) await next()
      return c.res
    }
    // The kinds without `when` change the real response, so the request takes effect.
    if (!('when' in fault) || fault.when === 'after') await carryOut()
    await connection.wait(fault.delayMs)
    const response = await strike(fault, endpoint, connection, carryOut)
    if (!(response instanceof Response)) entry.status = response
    replace(c, response instanceof Response ? response : RESPONSE_ALREADY_SENT)
  }
}

/** Returns the response to send, or the status of the one already sent (`null` for none). */
async function strike(
  fault: PendingFault,
  endpoint: Endpoint,
  connection: Connection,
  carryOut: () => Promise<Response>,
): Promise<Response | number | null> {
  switch (fault.kind) {
    case 'answer':
      return scriptedResponse(fault)
    case 'error':
      return endpoint.refusal(fault.code, fault.detail) ?? carryOut()
    case 'html':
      return new Response(gatewayPage(fault.status), { status: fault.status, headers: html })
    case 'array':
      return refuseWithArray(fault.status, 'Erro', 'Falha antes do serviço')
    case 'redirect':
      return new Response(null, { status: fault.status, headers: { Location: fault.location } })
    case 'rewrite':
      return rewrite(await carryOut(), fault)
    case 'delay':
      return carryOut()
    case 'hang':
      await connection.hang()
      return null
    case 'drop':
      connection.drop(fault.reset)
      return null
    case 'raw':
      connection.sendRaw(fault.text)
      return null
    case 'endless':
      await connection.flood(fault.status)
      return fault.status
    case 'trickle': {
      const response = await carryOut()
      await connection.trickle(response, fault.bytes, fault.intervalMs)
      return response.status
    }
    case 'truncated': {
      const response = await carryOut()
      const body = await response.clone().bytes()
      const bytes = fault.bytes ?? Math.floor(body.length / 2)
      if (fault.framing === 'intact') return new Response(body.subarray(0, bytes), response)
      await connection.cutOff(response, bytes)
      return response.status
    }
  }
}

/** Puts a response in the place of the real one. Hono would merge the headers of both. */
function replace(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}

function scriptedResponse(fault: PendingFault & { kind: 'answer' }): Response {
  const { status, retryAfter, contentType, body } = fault
  const headers = {
    ...(body !== undefined && {
      'Content-Type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
    }),
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...fault.headers,
  }
  // HTTP allows no body with these statuses.
  const bare = body === undefined || [204, 205, 304].includes(status)
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(bare ? null : content, { status, headers })
}

/** Changes fields of a JSON object. Any other response stays as it is. */
async function rewrite(
  response: Response,
  { set, remove }: PendingFault & { kind: 'rewrite' },
): Promise<Response> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return response
  const rest = Object.entries(body).filter(([key]) => !remove.includes(key))
  return Response.json({ ...Object.fromEntries(rest), ...set }, response)
}

const html = { 'Content-Type': 'text/html; charset=utf-8' }

function gatewayPage(status: number): string {
  const title = `${status} Gateway`
  return `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><hr></body>\n</html>\n`
}
