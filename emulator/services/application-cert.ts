import { verify, X509Certificate } from 'node:crypto'
import type { Psc } from '../psc/psc.ts'
import { answerAt, register } from './application.ts'
import { type Service, jwt, parseObject, pscService } from './endpoint.ts'

const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/

const armour = /^\s*-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----\s*$/

/**
 * `POST /application_cert`: registers an application with a JWS (RS256) that the key of its certificate has signed. `x5c` holds
 * armoured PEM, not the base64 DER of RFC 7515, section 4.1.6.
 *
 * @see "Auto-cadastro de aplicação com certificado SSL ICP-Brasil"
 */
export function applicationCert(psc: Psc): Service {
  return pscService(psc, 'FALHA_MANUTENCAO_APLICACAO', {
    operation: 'applicationCert',
    method: 'POST',
    path: '/application_cert',
    consumes: jwt,
    answer: async (c) =>
      answerAt(psc.behaviour.registrationErrors, registerSigned(psc, await c.req.text())),
  })
}

function registerSigned(psc: Psc, jws: string): Response {
  const { vocabulary, audience } = psc.behaviour
  const { refuse } = vocabulary
  const [head = '', body = '', signature = ''] = compact.test(jws) ? jws.split('.') : []
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
  if (audience !== undefined && claims.aud !== audience)
    return refuse('VALOR_PARAMETRO_INVALIDO', 'aud')
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
