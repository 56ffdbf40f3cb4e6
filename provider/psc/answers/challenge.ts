import type { HttpRequest, HttpResponse } from '../../http/message.ts'

/**
 * The error code of a Bearer challenge, which may be all that an answer says; undefined where the request had no token
 * that could be meant.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function challengeOf(request: HttpRequest, response: HttpResponse): string | undefined {
  if (request.headers.authorization === undefined) return undefined
  const header = [response.headers['www-authenticate'] ?? []].flat().join(', ')
  return /(?:^|,\s*)bearer\s(?:[^]*?[\s,])?error="?([^\s",]+)/i.exec(header)?.[1]
}
