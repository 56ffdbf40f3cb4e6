import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { PrivateKeyError } from '../../errors.ts'
import { findCertificates } from '../../rules/certificate.ts'
import { explainOther, findBoundaries, isPrivateKey, repairPem, toBlock } from '../../rules/pem.ts'
import { toWire } from '../../rules/client-fields.ts'
import type { Application } from './application.ts'

/** Holds the certificate and the key that sign a registration. */
export interface Signer {
  /** In PEM, with the BEGIN and END lines; the leaf comes first. */
  readonly certificates: readonly string[]
  readonly key: KeyObject
}

/**
 * Reads the certificate and the private key of a registration, and checks that they belong together.
 *
 * @throws {PrivateKeyError}
 */
export function readSigner(certificatePem: string, keyPem: string): Signer {
  const key = readKey(keyPem)
  if (key.asymmetricKeyType !== 'rsa') {
    throw new PrivateKeyError(
      `the key is of the type ${key.asymmetricKeyType ?? 'unknown'}, but the PSC accepts only RS256. Give an RSA key.`,
    )
  }
  const found = findCertificates(certificatePem)
  const certificates = 'blocks' in found ? found.blocks : []
  const leaf = certificates.findIndex((pem) => new X509Certificate(pem).checkPrivateKey(key))
  const [own] = certificates.slice(leaf, leaf + 1)
  if (leaf < 0 || own === undefined) {
    throw new PrivateKeyError(
      'the key does not belong to the certificate. Give the key with which the certificate was requested.',
    )
  }
  return { certificates: [own, ...certificates.filter((pem) => pem !== own)], key }
}

const cutOff = 'the key is damaged or cut off. Copy it again from its source.'

function readKey(given: string): KeyObject {
  const pem = repairPem(given)
  const boundaries = findBoundaries(pem)
  const index = boundaries.findIndex(({ begins, label }) => begins && isPrivateKey(label))
  const [begin, end] = boundaries.slice(Math.max(0, index), index + 2)
  if (index === -1 || !begin || !end) {
    const isCut = boundaries.some(({ label }) => isPrivateKey(label))
    throw new PrivateKeyError(isCut ? cutOff : explainOther(pem, 'private key'))
  }
  if (pem.slice(begin.from, end.from).includes('ENCRYPTED')) {
    throw new PrivateKeyError(
      'the key is encrypted with a passphrase. Decrypt it where it is used: openssl pkey -in FILE -out portal.key.',
    )
  }
  try {
    return createPrivateKey(toBlock(begin.label, pem.slice(begin.to, end.from)))
  } catch {
    // OpenSSL's message is not helpful and could repeat a part of the key.
    throw new PrivateKeyError(cutOff)
  }
}

/**
 * Signs a registration: a JWS in its compact form, RS256. Its `x5c` holds PEM text with armour, which is what the
 * PSC's document asks for, and not the base64 DER of RFC 7515, section 4.1.6. It has neither `iat` nor `exp`, so
 * anyone who captures it can send it again. It is never stored, logged or shown.
 *
 * @param audience the PSC's name for itself.
 * @see "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" (NeoID, SerproID), `POST /application_cert`
 */
export function signApplication(
  application: Application,
  audience: string,
  signer: Signer,
): string {
  const header = { alg: 'RS256', x5c: signer.certificates }
  const claims = { ...toWire(application), host: application.host, aud: audience }
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), signer.key).toString('base64url')}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
