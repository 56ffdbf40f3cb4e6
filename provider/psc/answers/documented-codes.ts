import { documentedCodes } from './advice.ts'

/**
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
const oauthCodes = [
  'access_denied',
  'insufficient_scope',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'invalid_token',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]

const documented = new Set<string>([...documentedCodes, ...oauthCodes])

/** Whether an error code is one of those that the documents or the standards list. */
export function isDocumentedCode(code: string): boolean {
  return documented.has(code)
}
