import assert from 'node:assert/strict'
import { longestBodyBytes } from '../../../provider/http/send.ts'
import { credentials } from './psc.ts'

/** The token of every answer that has one. */
export const accessToken = 'not-a-secret-token'

const openings = longestBodyBytes / 2

/** Bodies that are no success of either service, whatever the status. */
export const bodies: Readonly<Record<string, string>> = {
  nothing: '',
  'a space': ' ',
  'a byte order mark': '\ufeff{}',
  'half of an object': '{"access_token":"not-a-sec',
  null: 'null',
  true: 'true',
  'a number': '0',
  'a text': '"not-a-secret-token"',
  'an empty array': '[]',
  'an array of null': '[null]',
  'an array of arrays': '[[[]]]',
  'an empty object': '{}',
  'numbers in the place of texts': '{"access_token":1,"client_id":1,"code":1,"msg":1,"error":1}',
  'objects in the place of texts':
    '{"access_token":{},"client_id":{},"code":{},"msg":{},"error":{}}',
  'arrays in the place of texts':
    '{"access_token":["a"],"client_id":["a"],"code":["a"],"error":["a"]}',
  'a prototype in the place of fields':
    '{"__proto__":{"access_token":"a","token_type":"Bearer","code":"PROTO","client_id":"a"}}',
  'a constructor in the place of fields': '{"constructor":{"prototype":{"code":"PROTO"}}}',
  'a million open brackets': '['.repeat(longestBodyBytes),
  'brackets half a million deep': '['.repeat(openings) + ']'.repeat(openings),
  'objects as deep as fit': '{"a":'.repeat(170_000) + '1' + '}'.repeat(170_000),
  'a deep error': `{"code":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
  'a page': '<html><script>alert(1)</script></html>',
  zeros: '\0'.repeat(1000),
}

/** Types of a body with a secret in them, which a server makes up of what it was sent. */
export const typesWith = (secret: string): readonly string[] => [
  secret,
  `text/${secret}`,
  `${secret}/html`,
  `text/html; charset=${secret}`,
  `text/html; charset=utf-8; ${secret}`,
  `application/json, ${secret.slice(0, 9)}`,
]

/** Whether a text can be printed as it is, and tells no secret. */
export function assertClean(text: string): void {
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  assert.ok(text.length < 4000, `${text.length} characters`)
  for (const secret of [credentials.clientSecret, accessToken]) {
    for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, -4)]) {
      assert.ok(!text.includes(form), text)
    }
  }
}
