import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Endpoint } from '../http/endpoint.ts'
import type { Answer } from '../http/exchange.ts'
import { replacementAnswer, rewrite } from './answers.ts'
import type { PendingFault } from './queue.ts'
import type { Wire } from './wire.ts'

/** What a struck request comes to: an answer to be sent as usual, or the status that has gone out already (`null`: none). */
export type Struck = { readonly answer: Answer } | { readonly sent: number | null }

/** Carries out a fault. `carryOut` is the request itself, which has its effect when it is called. */
export async function strike(
  fault: PendingFault,
  endpoint: Endpoint,
  wire: Wire,
  carryOut: () => Answer,
): Promise<Struck> {
  // The kinds without `when` spoil the real answer, so the request is carried out.
  const early = !('when' in fault) || fault.when === 'after' ? carryOut() : undefined
  await wire.wait(fault.delayMs)
  const real = (): Answer => early ?? carryOut()
  switch (fault.kind) {
    case 'delay':
      return { answer: real() }
    case 'rewrite':
      return { answer: rewrite(real(), fault) }
    case 'hang':
      await wire.hang()
      return { sent: null }
    case 'drop':
      wire.drop(fault.reset)
      return { sent: null }
    case 'raw':
      wire.say(fault.text)
      return { sent: null }
    case 'truncated': {
      const whole = real()
      const bytes = fault.bytes ?? Math.floor(Buffer.byteLength(whole.body) / 2)
      if (fault.framing === 'intact') return { answer: shorten(whole, bytes) }
      await wire.cutOff(whole, bytes)
      return { sent: whole.status }
    }
    case 'trickle':
      await wire.trickle(real(), fault.bytes, fault.intervalMs)
      return { sent: real().status }
    default: {
      const answer = replacementAnswer(fault, endpoint) ?? real()
      if (fault.kind !== 'endless') return { answer }
      await wire.flood(answer)
      return { sent: answer.status }
    }
  }
}

export const alreadySent = RESPONSE_ALREADY_SENT

function shorten(answer: Answer, bytes: number): Answer {
  return { ...answer, body: Buffer.from(answer.body).subarray(0, bytes).toString() }
}
