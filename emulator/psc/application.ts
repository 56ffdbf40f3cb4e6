import { malformed } from '../http/framework.ts'
import type { Answer, Asked } from '../http/exchange.ts'
import { parseObject } from './json-object.ts'
import type { Psc } from './psc.ts'
import { register } from './register.ts'

/**
 * `POST /application`: registers whoever asks.
 *
 * @see DOC-ICP-17.01, section 6.4
 */
export function answerApplication(psc: Psc, asked: Asked): Answer {
  const body = parseObject(asked.body)
  return body ? register(psc, body) : malformed()
}
