import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { resolveSecret } from '../../provider/engine/secret.ts'
import { CertificateError, PrivateKeyError, SecretUnavailableError } from '../../provider/errors.ts'
import { readSigner } from '../../provider/psc/requests/application-jws.ts'
import { readText } from '../../provider/read-file.ts'
import { validateCertificate } from '../../provider/rules/certificate-rules.ts'
import { readCertificate } from '../../provider/rules/certificate.ts'
import { createPem } from './support/certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'psc-openssl-'))
after(() => {
  rmSync(folder, { recursive: true })
})

const at = (name: string) => join(folder, name)

function openssl(line: string): void {
  execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' })
}

// A certificate and its key, then the forms in which people get them.
openssl(
  'req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=portal.exemplo.gov.br -addext subjectAltName=DNS:portal.exemplo.gov.br',
)
openssl('x509 -in cert.pem -outform der -out cert.der')
openssl('crl2pkcs7 -nocrl -certfile cert.pem -out pem.p7b')
openssl('crl2pkcs7 -nocrl -certfile cert.pem -outform der -out der.p7b')
openssl('pkcs12 -export -in cert.pem -inkey key.pem -passout pass:x -out both.p12')
openssl(
  'pkcs12 -export -legacy -certpbe PBE-SHA1-RC2-40 -in cert.pem -inkey key.pem -passout pass:x -out legacy.p12',
)
openssl('pkey -in key.pem -outform der -out key.der')
openssl('pkey -in key.pem -aes256 -passout pass:x -out encrypted.pem')
openssl('rsa -in key.pem -traditional -aes128 -passout pass:x -out encrypted-traditional.pem')
openssl('rsa -in key.pem -traditional -out traditional.pem')
openssl('rsa -in key.pem -traditional -outform der -out traditional.der')
openssl('pkcs8 -topk8 -in key.pem -passout pass:x -outform der -out encrypted.der')
openssl('req -new -key key.pem -subj /CN=portal.exemplo.gov.br -outform der -out request.der')
openssl('pkey -in key.pem -pubout -outform der -out public.der')
openssl('ecparam -name prime256v1 -genkey -noout -out ec.pem')
openssl('ec -in ec.pem -outform der -out ec.der')
for (const file of ['cert.der', 'der.p7b', 'both.p12', 'key.der', 'traditional.der']) {
  const text = readFileSync(at(file)).toString('base64')
  writeFileSync(at(`${file}.line`), text)
  writeFileSync(at(`${file}.lines`), text.replace(/.{1,64}/g, '$&\n'))
}

const certificate = readFileSync(at('cert.pem'), 'utf8')
const key = readFileSync(at('key.pem'), 'utf8')

/** Runs the command that a message names on a file, and returns what it writes. */
function follow(message: string, file: string, password: boolean): string {
  const [command] = /openssl [\w |-]*-in FILE[\w |-]* -out \w+\.\w+/.exec(message) ?? []
  assert.ok(command, message)
  const line = command.replace('FILE', file).replace(/\S+$/, 'out.pem')
  // OpenSSL would ask for the password.
  const whole = `set -o pipefail; ${line}${password ? ' -passin pass:x' : ''}`
  execFileSync('bash', ['-c', whole], { cwd: folder, stdio: 'pipe' })
  return readFileSync(at('out.pem'), 'utf8')
}

function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (
      error instanceof CertificateError ||
      error instanceof PrivateKeyError ||
      error instanceof SecretUnavailableError
    ) {
      return error.message
    }
    throw error
  }
  assert.fail('the file was read')
}

describe('the command that a message names', () => {
  const base64 = (...files: string[]) => files.flatMap((file) => [`${file}.line`, `${file}.lines`])

  const certificates = ['cert.der', 'der.p7b', 'both.p12']
  for (const file of ['pem.p7b', ...certificates, ...base64(...certificates)]) {
    test(`The command makes a certificate of ${file}`, () => {
      const message = refusal(() => readCertificate(readText(at(file))))
      const pem = follow(message, file, file.startsWith('both'))
      assert.deepEqual(readCertificate(pem).hosts, ['portal.exemplo.gov.br'])
    })
  }

  const keys = ['key.der', 'both.p12', 'traditional.der']
  const encrypted = ['encrypted.pem', 'encrypted-traditional.pem', 'encrypted.der']
  for (const file of [...keys, ...base64(...keys), ...encrypted]) {
    test(`The command makes a private key of ${file}`, () => {
      const read = () =>
        readSigner(
          certificate,
          resolveSecret({ file: at(file) }, () => undefined),
        )
      const pem = follow(refusal(read), file, /^both|^encrypted/.test(file))
      assert.equal(readSigner(certificate, pem).certificates.length, 1)
    })
  }
})

test('The commands for an old PKCS#12 file work with the option that the message names', () => {
  const refusals = [
    refusal(() => readCertificate(readText(at('legacy.p12')))),
    refusal(() =>
      readSigner(
        certificate,
        resolveSecret({ file: at('legacy.p12') }, () => undefined),
      ),
    ),
  ]
  const [pem = '', privateKey = ''] = refusals.map((message) => {
    const [, option = ''] = /"unsupported", add (-\w+)\./.exec(message) ?? []
    assert.throws(() => follow(message, 'legacy.p12', true), /unsupported/)
    return follow(message.replace('FILE', `FILE ${option}`), 'legacy.p12', true)
  })
  assert.deepEqual(readCertificate(pem).hosts, ['portal.exemplo.gov.br'])
  assert.equal(readSigner(certificate, privateKey).certificates.length, 1)
})

describe('a private key', () => {
  const texts: Readonly<Record<string, string>> = {
    'as it is': key,
    'in its traditional form': readFileSync(at('traditional.pem'), 'utf8'),
    'with line breaks as two characters': key.replaceAll('\n', '\\n'),
    'with spaces for line breaks': key.replaceAll('\n', ' '),
    'in quotes': `"${key.replaceAll('\n', '\\n')}"`,
    'once more in base64': Buffer.from(key).toString('base64'),
    'once more in base64, twice': Buffer.from(Buffer.from(key).toString('base64')).toString(
      'base64',
    ),
    'with CR alone as line breaks': key.replaceAll('\n', '\r'),
    'beside its certificate': certificate + key,
  }
  for (const [how, text] of Object.entries(texts)) {
    test(`A private key is read ${how}`, () => {
      assert.equal(readSigner(certificate, text).key.asymmetricKeyType, 'rsa')
    })
  }

  const wrong: readonly (readonly [how: string, text: string, reason: RegExp])[] = [
    ['a certificate', certificate, /certificate and no private key/],
    ['cut off', key.slice(0, 400), /cut off/],
    ['damaged', key.replace(/\n\w{10}/, '\n'), /damaged/],
  ]
  for (const [how, text, reason] of wrong) {
    test(`A private key that is ${how} is refused with the reason`, () => {
      assert.match(
        refusal(() => readSigner(certificate, text)),
        reason,
      )
    })
  }
})

describe('a file of another kind', () => {
  const others: readonly (readonly [file: string, what: RegExp])[] = [
    ['key.der', /private key.* and no certificate/],
    ['traditional.der', /private key.* and no certificate/],
    ['ec.der', /private key.* and no certificate/],
    ['encrypted.der', /private key.* and no certificate/],
    ['request.der', /certificate request.* and no certificate/],
    ['public.der', /public key.* and no certificate/],
  ]
  for (const [file, what] of others) {
    test(`A file with the contents of ${file} in place of a certificate is named, without a command`, () => {
      for (const text of [readText(at(file)), readFileSync(at(file)).toString('base64')]) {
        const message = refusal(() => readCertificate(text))
        assert.match(message, what)
        assert.doesNotMatch(message, /openssl/)
      }
    })
  }

  const notKeys: readonly (readonly [file: string, what: RegExp])[] = [
    ['cert.der', /certificate.* and no private key/],
    ['der.p7b', /PKCS#7.* and no private key/],
    ['request.der', /certificate request.* and no private key/],
    ['public.der', /public key.* and no private key/],
  ]
  for (const [file, what] of notKeys) {
    test(`A file with the contents of ${file} in place of a private key is named, without a command`, () => {
      for (const text of [readText(at(file)), readFileSync(at(file)).toString('base64')]) {
        const message = refusal(() => readSigner(certificate, text))
        assert.match(message, what)
        assert.doesNotMatch(message, /openssl/)
      }
    })
  }

  test('No command is advised for a picture', () => {
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString()
    const message = refusal(() => readCertificate(picture))
    assert.match(message, /binary and no certificate/)
    assert.doesNotMatch(message, /openssl/)
  })
})

test('A text with two certificates of servers is a warning that says which one counts', () => {
  const first = createPem({ dns: ['portal.exemplo.gov.br'] })
  const names = readCertificate(first + createPem({ dns: ['outro.exemplo.gov.br'] }))
  const { problems } = validateCertificate(names, { now: new Date() })
  const found = problems.find(({ code }) => code === 'WARN_PSC_SEVERAL_CERTIFICATES')
  assert.match(found?.message ?? '', /2 certificates.*first counts.*"portal\.exemplo\.gov\.br"/)
  const twice = validateCertificate(readCertificate(first + first), { now: new Date() })
  assert.ok(!twice.problems.some(({ code }) => code === 'WARN_PSC_SEVERAL_CERTIFICATES'))
})
