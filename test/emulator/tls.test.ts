import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { test } from 'node:test'
import 'reflect-metadata'
import {
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { field, portal, tokenFields, withEmulator } from './support.ts'

/** A key and a certificate for this machine's loopback address. */
async function loopbackCertificate(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=emulator',
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2100-01-01'),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  })
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: PemConverter.encode(pkcs8, 'PRIVATE KEY'), cert: certificate.toString('pem') }
}

test('With a key and a certificate the emulator serves https, faults included', async () => {
  const tls = await loopbackCertificate()
  await withEmulator(
    async ({ url, baseUrls, faults }) => {
      assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
      const ask = async (): Promise<unknown> => {
        const asking = request(`${baseUrls.neoid}/client_token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          ca: tls.cert,
          agent: false,
        })
        asking.end(new URLSearchParams(tokenFields(portal)).toString())
        const [response] = (await once(asking, 'response')) as [IncomingMessage]
        const text = (await response.toArray()).join('')
        return field(JSON.parse(text), 'token_type')
      }
      assert.equal(await ask(), 'Bearer')
      faults.add({ kind: 'drop', reset: true })
      await assert.rejects(ask(), { code: 'ECONNRESET' })
    },
    { tls },
  )
})
