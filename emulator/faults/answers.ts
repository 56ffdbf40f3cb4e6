import type { Endpoint } from '../http/endpoint.ts'
import { jsonAnswer } from '../http/exchange.ts'
import type { Answer } from '../http/exchange.ts'
import { refuseWithArray } from '../http/framework.ts'
import type { FaultScript } from './schema.ts'

/** The answer that a fault gives in the place of the real one, for the kinds that give another. */
export function replacementAnswer(script: FaultScript, endpoint: Endpoint): Answer | undefined {
  switch (script.kind) {
    case 'answer':
      return scriptedAnswer(script)
    case 'error':
      return endpoint.refusal(script.code, script.detail)
    case 'html':
      return { status: script.status, headers: html, body: gatewayPage(script.status) }
    case 'array':
      return refuseWithArray(script.status, 'Erro', 'Falha antes do serviço')
    case 'redirect':
      return { status: script.status, headers: { Location: script.location }, body: '' }
    case 'endless':
      return { status: script.status, headers: { 'Content-Type': 'application/json' }, body: '' }
    default:
      return undefined
  }
}

/** The real answer with what a `rewrite` changes; an answer that is no JSON object stays as it is. */
export function rewrite(answer: Answer, script: FaultScript): Answer {
  if (script.kind !== 'rewrite') return answer
  try {
    const body: unknown = JSON.parse(answer.body)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return answer
    const kept = Object.entries(body).filter(([key]) => !script.remove.includes(key))
    const changed = { ...Object.fromEntries(kept), ...script.set }
    return { ...answer, body: JSON.stringify(changed) }
  } catch {
    return answer
  }
}

function scriptedAnswer(script: FaultScript & { kind: 'answer' }): Answer {
  const { status, retryAfter, contentType, body } = script
  const headers = {
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...script.headers,
  }
  if (body === undefined) return { status, headers, body: '' }
  if (typeof body !== 'string') return jsonAnswer(status, body, headers)
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body }
}

const html = { 'Content-Type': 'text/html; charset=utf-8' }

function gatewayPage(status: number): string {
  const title = `${status} Gateway`
  return `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><hr></body>\n</html>\n`
}
