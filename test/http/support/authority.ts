import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** What a TLS server needs, in PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

/** A company's own certificate authority. */
export interface Authority {
  /** In PEM. */
  readonly cert: string
  issue(host: string, validity?: Validity): Promise<Identity>
  /** Its own certificate, to be served. */
  itself(): Promise<Identity>
}

/** ISO dates; default: yesterday until tomorrow. */
export interface Validity {
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const day = 86_400_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A certificate authority that no machine trusts. */
export async function createAuthority(): Promise<Authority> {
  const keys = await generateKeys()
  const name = 'CN=not-a-real-authority'
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      name,
      keys,
      ...validity(),
      signingAlgorithm: algorithm,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    },
    webcrypto,
  )
  return {
    cert: root.toString('pem'),
    itself: async () => ({ key: await exportKey(keys.privateKey), cert: root.toString('pem') }),
    async issue(host, dates) {
      const subject = await generateKeys()
      const certificate = await X509CertificateGenerator.create(
        {
          subject: `CN=${host}`,
          issuer: name,
          publicKey: subject.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: algorithm,
          ...validity(dates),
          extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
        },
        webcrypto,
      )
      return { key: await exportKey(subject.privateKey), cert: certificate.toString('pem') }
    },
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
}

function validity({ notBefore, notAfter }: Validity = {}): Required<Validity> {
  const now = Date.now()
  return {
    notBefore: notBefore ?? new Date(now - day),
    notAfter: notAfter ?? new Date(now + day),
  }
}
