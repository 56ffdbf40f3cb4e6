import type { HttpRequest } from '../../../provider/http/message.ts'
import { send, type SendOptions } from '../../../provider/http/send.ts'
import { ManualClock } from './clock.ts'

/** A request that carries a secret, to some place of a server. */
export function post(origin: string, path = '/service'): HttpRequest {
  return {
    method: 'POST',
    url: `${origin}${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'client_secret=not-a-secret-portal',
  }
}

/** Options of an operation of a minute, on a clock that stands still. */
export function aMinute(
  options: Partial<SendOptions> & { readonly clock?: ManualClock } = {},
): SendOptions & { readonly clock: ManualClock } {
  return { time: { leftMs: 60_000 }, maxConnections: 8, clock: new ManualClock(), ...options }
}

/** Sends once, so that what went wrong is seen and not repeated. */
export function sendOnce(
  origin: string,
  options: SendOptions = aMinute(),
): ReturnType<typeof send> {
  return send({ ...post(origin), repeatable: false }, options)
}
