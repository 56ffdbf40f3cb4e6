import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { codes } from '../../provider/codes.ts'
import { CertificateError } from '../../provider/errors.ts'
import { readCertificate } from '../../provider/rules/certificate.ts'
import { validateClient } from '../../provider/rules/client.ts'
import { createDuplicateValidator } from '../../provider/rules/duplicates.ts'
import { formatPath, type Problem, unknownValue } from '../../provider/rules/problem.ts'
import { createDer, toPem } from './support/certificate.ts'
import { now, soundClient } from './support/judge.ts'

const anything = fc.oneof(
  fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(unknownValue, null, undefined, NaN, '\uD800', '%', 'https://', 'a'.repeat(1e5)),
)

const list = fc.oneof(anything, fc.array(anything), fc.array(fc.array(anything)))

const certificate = fc.oneof(
  anything,
  fc.record({ hosts: list, notBefore: anything, notAfter: anything, fingerprint256: anything }),
)

const declaration = fc.oneof(
  anything,
  fc.record({
    clientId: anything,
    clientSecret: fc.oneof(anything, fc.record({ env: anything })),
    previousClientSecret: fc.oneof(anything, fc.record({ env: anything })),
    name: anything,
    comments: anything,
    email: anything,
    redirectUris: list,
    certificate,
  }),
)

/** What every problem promises, whatever it is about. */
function assertSound(problems: readonly Problem[]): void {
  for (const { severity, path, code, message } of problems) {
    assert.match(severity, /^(?:error|warning)$/)
    assert.match(formatPath(path), /^(?:[a-zA-Z]+\d*(?:\[\d+\])?(?:\.[a-zA-Z]+\d*(?:\[\d+\])?)*)?$/)
    assert.match(code, /^[A-Z_\d]+$/)
    if (code.includes('_PSC_')) {
      assert.ok(code in codes, code)
      assert.ok(code.startsWith(severity === 'error' ? 'ERR_' : 'WARN_'), code)
    }
    assert.match(message, /^(?:[a-z]|`).*\.$/)
    assert.doesNotMatch(message, /[\p{Cc}\p{Cf}\p{Surrogate}]|undefined|\[object/u)
  }
}

describe('whatever it is given', () => {
  test('Validating any client never throws, and its problems can be shown', () => {
    fc.assert(
      fc.property(declaration, (value) => {
        assertSound(validateClient(value as Record<string, unknown>, { now }))
      }),
      { numRuns: 1000 },
    )
  })

  test('Finding duplicates among any clients never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ clientId: anything, name: anything })), (clients) => {
        const judge = createDuplicateValidator()
        for (const client of clients) assertSound(judge({ psc: 'neoid', ...client }))
      }),
    )
  })

  test('An object without properties, a list and null can be validated', () => {
    for (const value of [Object.create(null), {}, [], null, undefined, 1, 'x', unknownValue]) {
      assert.ok(validateClient(value as Record<string, unknown>, { now }).length > 0)
    }
  })

  test('Strings of megabytes can be validated', () => {
    for (const unit of ['a', '%', '%41', '.', '/', '@', ':', '*', 'ã', '\\', '[', '-', '\uD800']) {
      const huge = unit.repeat(1e6)
      const uri = `https://${huge}/${huge}`
      const hosts = [huge, `*.${huge}`]
      const names = { clientId: huge, clientSecret: huge, name: huge, comments: huge, email: huge }
      const email = `${huge}@${huge}`
      for (const fields of [names, { ...names, email }]) {
        const client = { ...fields, redirectUris: [uri, huge], certificate: { hosts } }
        const problems = validateClient(client, { now })
        assertSound(problems)
        assert.ok(JSON.stringify(problems).length < 100_000)
      }
    }
  })

  test('Lists 100,000 levels deep can be validated', () => {
    let deep: unknown = []
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
    const client = { clientId: deep, clientSecret: { env: deep }, redirectUris: deep }
    assertSound(validateClient({ ...client, certificate: { hosts: deep } }, { now }))
  })

  test('With an invalid clock, a certificate gets no warning about its dates', () => {
    const hosts = ['portal.exemplo.gov.br']
    const dated = { ...soundClient, certificate: { hosts, notAfter: '2026-01-01T00:00:00Z' } }
    assert.deepEqual(validateClient(dated, { now: new Date(NaN) }), [])
  })

  test('Reading any text as a certificate throws nothing but a CertificateError', () => {
    const der = createDer({ dns: ['a.example'], ip: ['192.0.2.1'], commonName: 'x' })
    const damaged = fc
      .array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { maxLength: 4 })
      .map((changes) => {
        const copy = Buffer.from(der)
        for (const [index, byte] of changes) copy[index] = byte
        return toPem(copy)
      })
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' })), (text) => {
        try {
          assert.ok(readCertificate(text).hosts.length > 0)
        } catch (error) {
          assert.ok(error instanceof CertificateError)
          assert.match(error.detail, /^[a-z].*\.$/)
          assert.doesNotMatch(error.detail, /\p{Cc}/u)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
