import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { checkManifest } from '../../provider/manifest/load.ts'
import { createDer, createPem } from '../rules/support/certificate.ts'
import { complaints, manifestOf } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'psc-manifest-'))
after(() => {
  rmSync(folder, { recursive: true })
})

describe('a manifest that cannot be read is a problem of the file', () => {
  const file = join(folder, 'clients.yaml')
  writeFileSync(file, manifestOf())
  const cases: readonly (readonly [name: string, path: string, message: RegExp])[] = [
    ['because it is not there', join(folder, 'other.yaml'), /does not exist/],
    ['because it is a directory', folder, /directory/],
    ['because a part of the path is a file', join(file, 'x.yaml'), /does not exist/],
    ['because no path has such a character', 'a\0b', /character/],
    ['because the path is too long', 'x'.repeat(5000), /too long/],
  ]
  for (const [name, path, message] of cases) {
    test(`A manifest cannot be read ${name}`, () => {
      const { problems, build } = checkManifest(path)
      assert.equal(build, undefined)
      assert.equal(problems.length, 1)
      assert.equal(problems[0]?.file, path)
      assert.match(problems[0].message, message)
    })
  }

  test('A manifest that can be read is read', () => {
    assert.equal(checkManifest(file).build?.().clients.length, 1)
  })
})

test('A private key beside a certificate is a warning at its file', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
  const pem = createPem({ dns: ['portal.exemplo.gov.br'] })
  const yaml = manifestOf({ certificate: '{ file: x.pem }' })
  const found = complaints(yaml, { 'x.pem': key + pem })
  assert.equal(found.length, 1, found.join('\n'))
  assert.match(found[0] ?? '', /^10:26 warning clients\.portal\.certificate\.file: .*private key/)
  assert.deepEqual(complaints(yaml, { 'x.pem': pem }), [])
})

describe('a certificate that cannot be used is a problem at its file', () => {
  const yaml = manifestOf({ certificate: '{ file: x.pem }' })
  const key = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----\n`
  const cases: readonly (readonly [name: string, file: string | Uint8Array, says: RegExp])[] = [
    ['because it is empty', '', /empty/],
    ['because it is a private key', key, /private key/],
    ['because it is binary', createDer({ dns: ['portal.exemplo.gov.br'] }), /binary/],
    [
      'because it names no host',
      createPem({ commonName: 'Portal' }),
      /names no host|alternative names/,
    ],
    ['because it is too large', 'x'.repeat(2 ** 20 + 1), /1 MiB/],
  ]
  for (const [name, file, says] of cases) {
    test(`A certificate file is refused ${name}`, () => {
      const found = complaints(yaml, { 'x.pem': file })
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', /^10:26 error clients\.portal\.certificate\.file: /)
      assert.match(found[0] ?? '', says)
    })
  }

  test('A certificate file that is not there is a problem', () => {
    assert.match(complaints(yaml)[0] ?? '', /does not exist/)
  })

  test('A certificate file that is not there is a problem even if no client uses it', () => {
    const found = complaints(`certificates:\n  old: { file: old.pem }\n${manifestOf()}`)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^2:16 error certificates\.old\.file: /)
  })

  test('An unused certificate file with unusable names is a problem', () => {
    const unused = 'certificates:\n  old: { hosts: [https://a.br, a.br] }\n'
    const found = complaints(`${unused}${manifestOf()}`)
    assert.equal(found.length, 2, found.join('\n'))
    assert.match(found[1] ?? '', /^2:18 error certificates\.old\.hosts\.0: .*is a URL/)
  })

  test('A problem of a certificate that two clients use is reported once', () => {
    const shared = 'certificates:\n  old: { hosts: [a.br/, portal.exemplo.gov.br] }\n'
    const [client = ''] = /^ {2}portal:[^]*/m.exec(manifestOf({ certificate: 'old' })) ?? []
    const second = client
      .replace('portal:', 'b:')
      .replace('64e587fa', 'b')
      .replace('Portal do', 'B')
    const found = complaints(`${shared}clients:\n${client}${second}`)
    assert.equal(found.length, 1, found.join('\n'))
  })

  test('A certificate definition with two sources, or none, is a problem', () => {
    for (const definition of ['{}', '{ file: x.pem, hosts: [a.br] }']) {
      const found = complaints(manifestOf({ certificate: definition }))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', /^10:18 error clients\.portal\.certificate: .*exactly one/)
    }
  })
})
