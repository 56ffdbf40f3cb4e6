import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestOf } from '../../manifest/support.ts'
import { createPem } from '../../rules/support/certificate.ts'
import { folderWith, psc } from '../psc.ts'

const hosts = '{ hosts: [portal.exemplo.gov.br] }'
const byKey = manifestOf({ certificate: 'portal' })

/** The warnings of a manifest, without what stands around them. */
async function warningsOf(text: string): Promise<string[]> {
  const { stdout } = await psc(['lint'], { cwd: folderWith({ 'clients.yaml': text }) })
  return Array.from(stdout.matchAll(/^ {2}clients\.yaml:(\S+): warning: (.*)$/gm), (match) =>
    match.slice(1).join(' '),
  )
}

test('Lint warns of a certificate that no client uses, at its line', async () => {
  const [found, ...more] = await warningsOf(
    `certificates:\n  portal: ${hosts}\n  velho: ${hosts}\n${byKey}`,
  )
  assert.match(found ?? '', /^3:3 .*\[WARN_PSC_CERTIFICATE_UNUSED\]$/)
  assert.deepEqual(more, [])
})

test('A certificate that a client uses by an alias is in use', async () => {
  const alias = manifestOf({ certificate: '*portal' })
  assert.deepEqual(await warningsOf(`certificates:\n  portal: &portal ${hosts}\n${alias}`), [])
})

test('Lint does not say that a certificate is unused where its name may only be misspelt', async () => {
  for (const wrong of [
    { certificate: 'portl' },
    { certificate: undefined, certificat: 'portal' },
  ]) {
    const text = `certificates:\n  portal: ${hosts}\n${manifestOf(wrong)}`
    assert.deepEqual(await warningsOf(text), [])
  }
})

test('Lint counts the credentials of a manifest', async () => {
  const secret = `{ issuer: neoid, clientId: a, clientSecret: { env: PORTAL_SECRET } }`
  const credentials = `credentials:\n  um: ${secret}\n  dois: ${secret}\n`
  const cwd = folderWith({ 'clients.yaml': credentials, 'both.yaml': manifestOf() + credentials })
  const { stdout } = await psc(['lint'], { cwd })
  assert.equal(stdout, 'Checked 2 credentials in 1 file: no errors, no warnings.\n')
  const both = await psc(['lint', 'both.yaml'], { cwd })
  assert.match(both.stdout, /^Checked 1 client and 2 credentials in 1 file/)
  const json = await psc(['lint', '--format', 'json'], { cwd })
  const { files, summary } = JSON.parse(json.stdout) as {
    files: { clients: number; credentials: number }[]
    summary: { clients: number; credentials: number }
  }
  for (const { clients, credentials } of [...files, summary]) {
    assert.deepEqual({ clients, credentials }, { clients: 0, credentials: 2 })
  }
})

const expired = createPem({
  dns: ['portal.exemplo.gov.br'],
  notBefore: '2019-01-01T00:00:00Z',
  notAfter: '2020-01-01T00:00:00Z',
})

test('Lint says in its last line how many certificates have expired, and refuses them under --strict', async () => {
  const text = `certificates:\n  portal: { file: portal.pem }\n${byKey}`
  const cwd = folderWith({ 'clients.yaml': text, 'portal.pem': expired })
  const lenient = await psc(['lint'], { cwd })
  assert.equal(lenient.code, 0)
  assert.match(lenient.stdout, /warning: .*expired.* \[WARN_PSC_CERTIFICATE_EXPIRED\]$/m)
  assert.match(lenient.stdout, /no errors, 1 warning\. 1 certificate has expired!\n$/)
  const strict = await psc(['lint', '--strict'], { cwd })
  assert.equal(strict.code, 1)
  assert.match(strict.stdout, /error: .*expired.* \[ERR_PSC_CERTIFICATE_EXPIRED\]$/m)
  assert.match(strict.stdout, /1 error, no warnings\. 1 certificate has expired!\n$/)
  const json = await psc(['lint', '--format', 'json'], { cwd })
  const { summary } = JSON.parse(json.stdout) as { summary: object }
  assert.deepEqual(summary, {
    ...{ clients: 1, credentials: 0, files: 1 },
    ...{ errors: 0, warnings: 1, expiredCertificates: 1 },
  })
})
