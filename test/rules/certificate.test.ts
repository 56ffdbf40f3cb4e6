import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { CertificateError } from '../../provider/errors.ts'
import { readCertificate } from '../../provider/rules/certificate.ts'
import { createDer, createPem, privateKey, toPem } from './support/certificate.ts'

const portal = { dns: ['portal.exemplo.gov.br', '*.exemplo.gov.br'] }

const pem = createPem(portal)

const authority = createPem({ commonName: 'Autoridade', authority: true })

describe('a certificate is read', () => {
  test('A certificate gives its names, dates and fingerprint', () => {
    assert.deepEqual(readCertificate(pem), {
      hosts: ['portal.exemplo.gov.br', '*.exemplo.gov.br'],
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      fingerprint256: new X509Certificate(pem).fingerprint256,
    })
  })

  test('A certificate may have an RSA, ECDSA or Ed25519 key', () => {
    for (const keyType of ['rsa', 'ec', 'ed25519'] as const) {
      const certificate = createPem({ ...portal, keyType })
      assert.deepEqual(readCertificate(certificate).hosts, portal.dns)
    }
  })

  test('An IP address of a certificate has the form that URLs have', () => {
    const ip = ['192.0.2.1', '2001:db8::1', '::1', '::ffff:c000:201', '::']
    assert.deepEqual(readCertificate(createPem({ ip })).hosts, ip)
  })

  test('A certificate gives no e-mail addresses and no URIs', () => {
    const certificate = createPem({ ...portal, email: ['a@b.example'], uri: ['https://c.example'] })
    assert.deepEqual(readCertificate(certificate).hosts, portal.dns)
  })

  test('A certificate may have 2,000 names', () => {
    const dns = Array.from({ length: 2000 }, (_, index) => `h${index}.exemplo.gov.br`)
    assert.deepEqual(readCertificate(createPem({ dns })).hosts, dns)
  })

  test('A name of a certificate stays one name, whatever it holds', () => {
    const odd = 'a.example, DNS:b.example'
    const quoted = 'a.example", DNS:"b.example'
    const certificate = createPem({ dns: [odd, quoted, 'c.example'], uri: ['x:y, DNS:d.example'] })
    assert.deepEqual(readCertificate(certificate).hosts, [odd, quoted, 'c.example'])
  })

  test('A certificate of OpenSSL keeps names that contain ", DNS:"', async () => {
    const fixture = new URL('fixtures/odd-names.pem', import.meta.url)
    const { hosts } = readCertificate(await readFile(fixture, 'utf8'))
    assert.deepEqual(hosts, ['first.example', '*.second.example', '10.0.0.1', 'fe80::1'])
  })

  test('A DNS name that reads as something else is marked', () => {
    const dns = ['192.0.2.1', '2001:db8::1', '[2001:db8::1]', 'a.example']
    const marked = ['DNS:192.0.2.1', 'DNS:2001:db8::1', 'DNS:[2001:db8::1]', 'a.example']
    assert.deepEqual(readCertificate(createPem({ dns })).hosts, marked)
    const [first = ''] = readCertificate(createPem({ dns: ['café.example', 'a.example'] })).hosts
    assert.match(first, /^DNS:/)
  })
})

describe('a certificate is found', () => {
  const texts: Readonly<Record<string, string>> = {
    'with CRLF line ends': pem.replaceAll('\n', '\r\n'),
    'with CR line ends': pem.replaceAll('\n', '\r'),
    'after a byte order mark': `\uFEFF${pem}`,
    'after other text': `subject=CN = Portal\nissuer=CN = AC\n${pem}`,
    'before other text': `${pem}\nEnviado do meu celular`,
    indented: pem.replaceAll(/^/gm, '    '),
    'on one line': pem.replaceAll('\n', ' '),
    'with line breaks as two characters': pem.replaceAll('\n', '\\n'),
    'with line breaks that were escaped twice': pem.replaceAll('\n', '\\\\n'),
    'with CRLF as four characters': pem.replaceAll('\n', '\\r\\n'),
    'in quotes': `"${pem.replaceAll('\n', '\\n')}"`,
    'once more in base64': Buffer.from(pem).toString('base64'),
    'once more in base64, in lines': toPem(Buffer.from(pem), 'X')
      .split('\n')
      .slice(1, -2)
      .join('\n'),
    'with base64 on one line': pem.replaceAll(/(?<!-)\n(?!-)/g, ''),
    'after its private key': `${String(privateKey('ec').export({ type: 'pkcs8', format: 'pem' }))}${pem}`,
    'under the old label': pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'),
    // OpenSSL's form with trust settings after the certificate: an empty X509_CERT_AUX.
    'as a TRUSTED CERTIFICATE': toPem(
      Buffer.concat([createDer(portal), Buffer.of(0x30, 0)]),
      'TRUSTED CERTIFICATE',
    ),
    'before its chain': pem + authority,
    'after its chain': authority + authority + pem,
    'before another one': pem + createPem({ dns: ['b.example'] }),
    'though it says it is an authority': createPem({ ...portal, authority: true }),
  }
  for (const [how, text] of Object.entries(texts)) {
    test(`A certificate is found ${how}`, () => {
      assert.deepEqual(readCertificate(text).hosts, portal.dns)
    })
  }
})

function messageFor(text: string): string {
  try {
    readCertificate(text)
  } catch (error) {
    assert.ok(error instanceof CertificateError)
    assert.equal(error.name, 'CertificateError')
    assert.equal(error.code, 'ERR_PSC_CERTIFICATE')
    assert.equal(error.cause, undefined)
    return error.detail
  }
  assert.fail('the certificate was read')
}

test('The first certificate that is not an authority counts, even if another one would name hosts', () => {
  const first = createPem({ commonName: 'portal.exemplo.gov.br' })
  assert.match(messageFor(authority + first + pem), /only the common name "portal\.exemplo/)
})

describe('what is no certificate is refused and named:', () => {
  const request = pem.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')
  const binary = createDer(portal)
  const lines = pem.split('\n')
  const cases: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['nothing', '', /empty/],
    ['white space', ' \r\n\t', /empty/],
    ['some words', 'portal.exemplo.gov.br', /not a certificate in PEM form/],
    ['a path', './portal.pem', /not a certificate in PEM form/],
    ['a request', request, /certificate request \(CSR\)/],
    ['a new request', request.replaceAll('CERT', 'NEW CERT'), /certificate request \(CSR\)/],
    ['a PKCS#7 container', toPem(binary, 'PKCS7'), /openssl pkcs7 -print_certs/],
    ['a revocation list', toPem(binary, 'X509 CRL'), /another kind of PEM/],
    ['a public key', toPem(binary, 'PUBLIC KEY'), /public key and no certificate/],
    ['binary, read as UTF-8', binary.toString('utf8'), /binary/],
    ['binary, read as Latin-1', binary.toString('latin1'), /binary/],
    ['UTF-16', Buffer.from(pem, 'utf16le').toString('latin1'), /binary/],
    ['base64 alone', binary.toString('base64'), /without BEGIN and END lines/],
    ['no END line', lines.slice(0, -2).join('\n'), /END line is missing/],
    ['no BEGIN line', lines.slice(1).join('\n'), /BEGIN line is missing/],
    ['a leaf cut off before its chain', lines.slice(0, 4).join('\n') + '\n' + authority, /cut off/],
    ['a line missing', lines.toSpliced(3, 1).join('\n'), /damaged or cut off/],
    ['half of the base64', lines.toSpliced(3, 4).join('\n'), /damaged or cut off/],
    ['a letter changed in the base64', pem.replace(/^MI/m, 'MJ'), /damaged or cut off/],
    ['signs that are no base64', pem.replace(/^MI/m, '!!'), /damaged or cut off/],
    ['nothing between the lines', toPem(Buffer.alloc(0)), /damaged or cut off/],
    ['a damaged one in a chain', pem + authority.replace(/^MI/m, 'MJ'), /certificate 2 of 2/],
    ['dates that are none', createPem({ ...portal, notAfter: '2026-99-99T00:00:00Z' }), /dates/],
    ['no names at all', createPem({}), /no subject alternative names\./],
    ['a common name', createPem({ commonName: 'a.example' }), /only the common name "a\.example"/],
    ['an e-mail address', createPem({ email: ['a@b.example'] }), /of other kinds \("email"\)/],
    ['a URI', createPem({ uri: ['https://a.example'] }), /of other kinds \("URI"\)/],
    ['an IP address as a DNS name', createPem({ dns: ['192.0.2.1'] }), /"DNS:192\.0\.2\.1"/],
    [
      'an IP address of 5 bytes',
      createPem({ ip: [Buffer.alloc(5)] }),
      /none of its names is the name of a host/,
    ],
  ]
  for (const [what, text, says] of cases) {
    test(`What is not a usable certificate is refused by name: ${what}`, () => {
      assert.match(messageFor(text), says)
    })
  }

  test('A certificate without subject alternative names is refused, with the reason', () => {
    const message = messageFor(createPem({ commonName: 'a.example' }))
    assert.match(message, /The PSC compares redirect URIs with the subject alternative names/)
  })
})

describe('no message holds any part of a private key:', () => {
  const key = privateKey('ec')
  const rsa = privateKey('rsa')
  const keys: Readonly<Record<string, string | Buffer>> = {
    'PKCS #8': key.export({ type: 'pkcs8', format: 'pem' }),
    'SEC 1': key.export({ type: 'sec1', format: 'pem' }),
    'PKCS #1': rsa.export({ type: 'pkcs1', format: 'pem' }),
    Ed25519: privateKey('ed25519').export({ type: 'pkcs8', format: 'pem' }),
    encrypted: key.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase: 'not-a-secret-passphrase',
    }),
  }
  for (const [kind, exported] of Object.entries(keys)) {
    test(`No message shows any part of a private key: ${kind}, whole, cut off, without armour or under a wrong label`, () => {
      const text = String(exported)
      const body = text.replaceAll(/-----[^-]+-----|\s/g, '')
      const variants = [
        text,
        text.slice(0, 90),
        text.split('\n').slice(1).join('\n'),
        body,
        text.replaceAll(/(?:RSA |EC |ENCRYPTED )?PRIVATE KEY/g, 'CERTIFICATE'),
        text.replaceAll('-----', '----'),
      ]
      assert.match(messageFor(text), /private key/)
      for (const variant of variants) {
        const message = messageFor(variant)
        for (let start = 0; start + 8 <= body.length; start += 1) {
          assert.ok(!message.includes(body.slice(start, start + 8)), message)
        }
      }
    })
  }
})

test('A megabyte of BEGIN lines is refused without effort', () => {
  assert.match(messageFor('-----BEGIN X-----\n'.repeat(60_000)), /another kind of PEM/)
  assert.match(messageFor('-----BEGIN CERTIFICATE-----\n'.repeat(40_000)), /END line is missing/)
})
