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
    test(`An unknown value is accepted as ${field}`, () => {
      assert.deepEqual(verdicts({ [field]: unknownValue }), [])
    })
  }

  test('An unknown redirect URI leaves the others to be validated, with their own indexes', () => {
    const redirectUris = [unknownValue, 'http://portal.exemplo.gov.br/', unknownValue, other]
    assert.deepEqual(verdicts({ redirectUris }), [
      'error redirectUris[1] URI_HTTPS_OBRIGATORIO',
      `error redirectUris[3] ${outside}`,
    ])
  })

  test('An unknown redirect URI counts as one', () => {
    assert.deepEqual(verdicts({ redirectUris: [unknownValue] }), [])
  })

  test('An unknown value is never a duplicate', () => {
    assert.deepEqual(verdicts({ redirectUris: [unknownValue, unknownValue, inside] }), [])
  })

  test('An unknown name of a certificate refuses no host, because it may cover it', () => {
    const certificate = { hosts: ['portal.exemplo.gov.br', unknownValue] }
    assert.deepEqual(verdicts({ certificate, redirectUris: [inside, other] }), [])
  })

  test('An unknown name of a certificate leaves the rest to be validated', () => {
    const certificate = { hosts: [unknownValue, '*.br'] }
    const redirectUris = ['http://outro.org/', 'https://outro.org/#', 'x']
    assert.deepEqual(verdicts({ certificate, redirectUris }), [
      'error redirectUris[0] URI_HTTPS_OBRIGATORIO',
      'error redirectUris[1] ERR_PSC_URI_FRAGMENT',
      'error redirectUris[2] URI_INVALIDA',
      'error certificate.hosts[1] ERR_PSC_CERTIFICATE_NAME',
    ])
  })

  test('An unknown list of names, or certificate, refuses no host', () => {
    for (const certificate of [unknownValue, { hosts: unknownValue }, { hosts: [unknownValue] }]) {
      assert.deepEqual(verdicts({ certificate, redirectUris: [other, inside + '#'] }), [
        'error redirectUris[1] ERR_PSC_URI_FRAGMENT',
      ])
    }
  })

  test('A known or unknown fingerprint makes a wrong name a warning', () => {
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

  test('An unknown date of a certificate leaves its names to be validated', () => {
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

test('What is refused with unknown values is refused with any values in their place', () => {
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
