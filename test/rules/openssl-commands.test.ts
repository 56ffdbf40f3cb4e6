import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
openssl('pkey -in key.pem -outform der -out key.der')
openssl('pkey -in key.pem -aes256 -passout pass:x -out encrypted.pem')
openssl('rsa -in key.pem -traditional -aes128 -passout pass:x -out encrypted-traditional.pem')
openssl('rsa -in key.pem -traditional -out traditional.pem')

const certificate = readFileSync(at('cert.pem'), 'utf8')
const key = readFileSync(at('key.pem'), 'utf8')

/** Runs the command that a message names on a file, and returns what it writes. */
function follow(message: string, file: string, password: boolean): string {
  const [command] = /openssl [\w -]+-in FILE -out \w+\.\w+/.exec(message) ?? []
  assert.ok(command, message)
  const line = command.replace('openssl ', '').replace('FILE', file).replace(/\S+$/, 'out.pem')
  // OpenSSL would ask for the password.
  openssl(password ? `${line} -passin pass:x` : line)
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
  for (const file of ['cert.der', 'pem.p7b', 'der.p7b', 'both.p12']) {
    test(`The command makes a certificate of ${file}`, () => {
      const message = refusal(() => readCertificate(readText(at(file))))
      const pem = follow(message, file, file.endsWith('.p12'))
      assert.deepEqual(readCertificate(pem).hosts, ['portal.exemplo.gov.br'])
    })
  }

  for (const file of ['key.der', 'both.p12', 'encrypted.pem', 'encrypted-traditional.pem']) {
    test(`The command makes a private key of ${file}`, () => {
      const read = () =>
        readSigner(
          certificate,
          resolveSecret({ file: at(file) }, () => undefined),
        )
      const pem = follow(refusal(read), file, !file.endsWith('.der'))
      assert.equal(readSigner(certificate, pem).certificates.length, 1)
    })
  }
})

describe('a private key', () => {
  const texts: Readonly<Record<string, string>> = {
    'as it is': key,
    'in its traditional form': readFileSync(at('traditional.pem'), 'utf8'),
    'with line breaks as two characters': key.replaceAll('\n', '\\n'),
    'with spaces for line breaks': key.replaceAll('\n', ' '),
    'in quotes': `"${key.replaceAll('\n', '\\n')}"`,
    'once more in base64': Buffer.from(key).toString('base64'),
    'beside its certificate': certificate + key,
  }
  for (const [how, text] of Object.entries(texts)) {
    test(`A private key is read ${how}`, () => {
      assert.equal(readSigner(certificate, text).key.asymmetricKeyType, 'rsa')
    })
  }

  const wrong: readonly (readonly [how: string, text: string, reason: RegExp])[] = [
    ['a certificate', certificate, /certificate and no key/],
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

test('A text with two certificates of servers is a warning that says which one counts', () => {
  const first = createPem({ dns: ['portal.exemplo.gov.br'] })
  const names = readCertificate(first + createPem({ dns: ['outro.exemplo.gov.br'] }))
  const { problems } = validateCertificate(names, { now: new Date() })
  const found = problems.find(({ code }) => code === 'WARN_PSC_SEVERAL_CERTIFICATES')
  assert.match(found?.message ?? '', /2 certificates.*first counts.*"portal\.exemplo\.gov\.br"/)
  const twice = validateCertificate(readCertificate(first + first), { now: new Date() })
  assert.ok(!twice.problems.some(({ code }) => code === 'WARN_PSC_SEVERAL_CERTIFICATES'))
})
