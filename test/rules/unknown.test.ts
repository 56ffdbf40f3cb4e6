import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { validateClient } from '../../provider/rules/client.ts'
import { unknownValue } from '../../provider/rules/problem.ts'
import { now, soundClient, verdicts } from './support/judge.ts'

const outside = 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'

const inside = 'https://portal.exemplo.gov.br/'

const other = 'https://outro.org/'

describe('a value that is not known yet', () => {
  for (const field of Object.keys(soundClient)) {
    test(`is passed over as ${field}`, () => {
      assert.deepEqual(verdicts({ [field]: unknownValue }), [])
    })
  }

  test('as one redirect URI leaves the others to be judged, with their own indexes', () => {
    const redirectUris = [unknownValue, 'http://portal.exemplo.gov.br/', unknownValue, other]
    assert.deepEqual(verdicts({ redirectUris }), [
      'error redirectUris[1] URI_HTTPS_OBRIGATORIO',
      `error redirectUris[3] ${outside}`,
    ])
  })

  test('as the only redirect URI is one', () => {
    assert.deepEqual(verdicts({ redirectUris: [unknownValue] }), [])
  })

  test('is never a duplicate', () => {
    assert.deepEqual(verdicts({ redirectUris: [unknownValue, unknownValue, inside] }), [])
  })

  test('as one name of the certificate refuses no host, because it may cover it', () => {
    const certificate = { hosts: ['portal.exemplo.gov.br', unknownValue] }
    assert.deepEqual(verdicts({ certificate, redirectUris: [inside, other] }), [])
  })

  test('as one name leaves everything else about the URIs and the names to be judged', () => {
    const certificate = { hosts: [unknownValue, '*.br'] }
    const redirectUris = ['http://outro.org/', 'https://outro.org/#', 'x']
    assert.deepEqual(verdicts({ certificate, redirectUris }), [
      'error redirectUris[0] URI_HTTPS_OBRIGATORIO',
      'error redirectUris[1] ERR_PSC_URI_FRAGMENT',
      'error redirectUris[2] URI_INVALIDA',
      'error certificate.hosts[1] ERR_PSC_CERTIFICATE_NAME',
    ])
  })

  test('as the list of names, or the certificate, does the same', () => {
    for (const certificate of [unknownValue, { hosts: unknownValue }, { hosts: [unknownValue] }]) {
      assert.deepEqual(verdicts({ certificate, redirectUris: [other, inside + '#'] }), [
        'error redirectUris[1] ERR_PSC_URI_FRAGMENT',
      ])
    }
  })

  test('as the fingerprint leaves it open whether a wrong name can be corrected', () => {
    const hosts = ['portal.exemplo.gov.br', '*.br']
    const verdictWith = (fingerprint256: unknown) =>
      verdicts({ certificate: { hosts, fingerprint256 } })
    assert.deepEqual(verdictWith(unknownValue), [
      'warning certificate.hosts[1] WARN_PSC_CERTIFICATE_NAME',
    ])
    assert.deepEqual(verdictWith('AB:CD'), [
      'warning certificate.hosts[1] WARN_PSC_CERTIFICATE_NAME',
    ])
    assert.deepEqual(verdictWith(undefined), [
      'error certificate.hosts[1] ERR_PSC_CERTIFICATE_NAME',
    ])
  })

  test('as a date of the certificate leaves its names to be judged', () => {
    const certificate = {
      hosts: ['portal.exemplo.gov.br'],
      notBefore: unknownValue,
      notAfter: unknownValue,
      fingerprint256: unknownValue,
    }
    assert.deepEqual(verdicts({ certificate, redirectUris: [other] }), [
      `error redirectUris[0] ${outside}`,
    ])
  })
})

test('what is refused with unknown values is refused with any values in their place', () => {
  const uri = fc.constantFrom(inside, other, 'http://a.example/', 'x', 'https://a.example/#')
  const host = fc.constantFrom('portal.exemplo.gov.br', '*.exemplo.gov.br', '*.br', 'outro.org')
  const hidden = <T>(value: fc.Arbitrary<T>) => fc.record({ value, known: fc.boolean() })
  const list = <T>(value: fc.Arbitrary<T>) =>
    fc.array(hidden(value), { minLength: 1, maxLength: 4 })
  const atPreview = <T>(items: readonly { value: T; known: boolean }[]) =>
    items.map(({ value, known }) => (known ? value : unknownValue))
  const errors = (redirectUris: unknown, hosts: unknown) =>
    validateClient({ ...soundClient, redirectUris, certificate: { hosts } }, { now })
      .filter(({ severity }) => severity === 'error')
      .map(({ path, code }) => JSON.stringify([path, code]))
  fc.assert(
    fc.property(list(uri), list(host), (uris, hosts) => {
      const preview = errors(atPreview(uris), atPreview(hosts))
      const values = <T>(items: readonly { value: T }[]) => items.map(({ value }) => value)
      const apply = errors(values(uris), values(hosts))
      for (const problem of preview) assert.ok(apply.includes(problem), problem)
      const allKnown = [...uris, ...hosts].every(({ known }) => known)
      if (allKnown) assert.deepEqual(preview, apply)
    }),
  )
})
