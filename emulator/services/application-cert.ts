import { verify, X509Certificate } from 'node:crypto'
import type { Answer, Asked } from '../http/exchange.ts'
import { parseObject } from '../psc/json-object.ts'
import type { Psc } from '../psc/psc.ts'
import { register } from './application.ts'

const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/

const armour = /^\s*-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----\s*$/

/**
 * `POST /application_cert`: a JWS signed with the key of the certificate that it brings along, RS256. `x5c` holds PEM texts with
 * their armour, and not the base64 DER of RFC 7515, section 4.1.6.
 *
 * @see "Auto-cadastro de aplicação com certificado SSL ICP-Brasil"
 */
export function answerApplicationCert(psc: Psc, asked: Asked): Answer {
  const { refuse } = psc.manners.vocabulary
  const [head = '', body = '', signature = ''] = compact.test(asked.body)
    ? asked.body.split('.')
    : []
  const header = parseObject(decode(head))
  const claims = parseObject(decode(body))
  if (!header || !claims) return refuse('VALOR_PARAMETRO_INVALIDO', 'JWS')
  if (header.alg !== 'RS256') return refuse('VALOR_PARAMETRO_INVALIDO', 'alg')
  const certificate = readCertificate(header.x5c)
  if (!certificate) return refuse('VALOR_PARAMETRO_INVALIDO', 'x5c')
  const { publicKey } = certificate
  const signed = Buffer.from(`${head}.${body}`)
  const isRsa = publicKey.asymmetricKeyType === 'rsa'
  if (!isRsa || !verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))) {
    return refuse('VALOR_PARAMETRO_INVALIDO', 'assinatura')
  }
  const missing = ['host', 'aud'].find((claim) => (claims[claim] ?? '') === '')
  if (missing !== undefined) return refuse('CAMPO_OBRIGATORIO', missing)
  if (claims.aud !== psc.manners.audience) return refuse('VALOR_PARAMETRO_INVALIDO', 'aud')
  return register(psc, claims, { hosts: hostsOf(certificate) })
}

function decode(part: string): string {
  return Buffer.from(part, 'base64url').toString()
}

function readCertificate(x5c: unknown): X509Certificate | undefined {
  const pem: unknown = Array.isArray(x5c) ? x5c[0] : undefined
  if (typeof pem !== 'string' || !armour.test(pem)) return undefined
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function hostsOf({ subjectAltName = '' }: X509Certificate): string[] {
  return Array.from(subjectAltName.matchAll(/DNS:([^,\s]+)/g), ([, name = '']) => name)
}
