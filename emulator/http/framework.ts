import { jsonAnswer } from './exchange.ts'
import type { Answer } from './exchange.ts'

/**
 * A refusal by the framework below SERPRO's services, before any of them has seen the request: a JSON array. Only its shape is
 * known, and only from a third party's report of a 415; the texts are the emulator's own.
 */
export function frameworkRefusal(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, [{ error, error_description: [description] }], headers)
}

export const notFound = (): Answer => frameworkRefusal(404, 'Not Found', 'Recurso não encontrado')

export const methodNotAllowed = (allowed: readonly string[]): Answer =>
  frameworkRefusal(405, 'Method Not Allowed', 'Método não suportado', { Allow: allowed.join(', ') })

export const unsupportedMediaType = (expected: string): Answer =>
  frameworkRefusal(415, 'Unsupported Media Type', `Content-Type não suportado; use ${expected}`)

export const tooLarge = (): Answer =>
  frameworkRefusal(413, 'Payload Too Large', 'Corpo da solicitação grande demais')

export const malformed = (): Answer =>
  frameworkRefusal(400, 'Bad Request', 'Corpo da solicitação malformado')
