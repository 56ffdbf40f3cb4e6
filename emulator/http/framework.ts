import { jsonAnswer } from './exchange.ts'
import type { Answer } from './exchange.ts'

/** How a server refuses what none of its services has seen. */
export type FrameworkRefusal = (
  status: number,
  error: string,
  description: string,
  headers?: Readonly<Record<string, string>>,
) => Answer

/**
 * SERPRO's framework answers with a JSON array. Only its shape is known, and only from a third party's report of a 415; the texts
 * are the emulator's own.
 */
export const refuseWithArray: FrameworkRefusal = (status, error, description, headers) =>
  jsonAnswer(status, [{ error, error_description: [description] }], headers)

type Refusing = (refuse?: FrameworkRefusal) => Answer

export const notFound: Refusing = (refuse = refuseWithArray) =>
  refuse(404, 'Not Found', 'Recurso não encontrado')

export const tooLarge: Refusing = (refuse = refuseWithArray) =>
  refuse(413, 'Payload Too Large', 'Corpo da solicitação grande demais')

export const malformed: Refusing = (refuse = refuseWithArray) =>
  refuse(400, 'Bad Request', 'Corpo da solicitação malformado')

export function methodNotAllowed(
  allowed: readonly string[],
  refuse: FrameworkRefusal = refuseWithArray,
): Answer {
  return refuse(405, 'Method Not Allowed', 'Método não suportado', { Allow: allowed.join(', ') })
}

export function unsupportedMediaType(
  expected: string,
  refuse: FrameworkRefusal = refuseWithArray,
): Answer {
  return refuse(415, 'Unsupported Media Type', `Content-Type não suportado; use ${expected}`)
}
