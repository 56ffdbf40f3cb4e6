import type { ClientAuthentication } from '../../rules/client-fields.ts'
import type { SecretReference } from '../../rules/client-secret.ts'

/** Holds a client's id and its resolved secret. */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string
  /** What was resolved to the secret, for the words of a refusal. */
  readonly reference?: string | SecretReference
}

/** Holds the parts of a request that authenticate a client. */
export interface Authentication {
  readonly headers: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  /** The secrets in these parts, which must appear in no message. */
  readonly secrets: readonly string[]
}

/**
 * Authenticates a client by the parameters of a request or by a Basic header, never by both.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function authenticate(
  method: ClientAuthentication,
  { clientId, clientSecret }: ClientCredentials,
): Authentication {
  switch (method) {
    case 'body': {
      const fields = { client_id: clientId, client_secret: clientSecret }
      return { headers: {}, fields, secrets: [clientSecret] }
    }
    case 'basic': {
      const text = `${formEncode(clientId)}:${formEncode(clientSecret)}`
      const encoded = Buffer.from(text).toString('base64')
      const headers = { authorization: `Basic ${encoded}` }
      return { headers, fields: {}, secrets: [clientSecret, encoded] }
    }
  }
}

/** Encodes a value as in a form. The RFC asks for it, so that a colon in an id does not end it. */
function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1)
}
