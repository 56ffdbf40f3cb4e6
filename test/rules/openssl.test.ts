import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readCertificate } from '../../provider/rules/certificate.ts'
import { createCoverage } from '../../provider/rules/host-name.ts'
import { createDer, toPem } from './support/certificate.ts'

// OpenSSL's own matcher (X509_check_host, X509_check_ip), which the `openssl x509 -checkhost` command
// calls too, reads the certificate's bytes; the rules see what readCertificate kept.
const options = {
  subject: 'never',
  wildcards: true,
  partialWildcards: false,
  multiLabelWildcards: false,
  singleLabelSubdomains: false,
} as const

interface Verdicts {
  readonly openssl: boolean
  readonly rules: boolean
}

function compare(dns: readonly string[], host: string): Verdicts {
  const der = createDer({ dns })
  return {
    openssl: new X509Certificate(der).checkHost(host, options) !== undefined,
    rules: rulesCover(der, new URL(`https://${host}/`).hostname),
  }
}

function compareIp(ip: readonly string[], host: string): Verdicts {
  const der = createDer({ ip })
  const hostname = new URL(host.includes(':') ? `https://[${host}]/` : `https://${host}/`).hostname
  return {
    openssl: new X509Certificate(der).checkIP(host) !== undefined,
    rules: rulesCover(der, hostname),
  }
}

/** A certificate without a usable name is refused as a whole, so that it covers nothing. */
function rulesCover(der: Buffer, hostname: string): boolean {
  try {
    return createCoverage(readCertificate(toPem(der)).hosts).covers(hostname)
  } catch {
    return false
  }
}

const label = fc.constantFrom('a', 'b', 'ab', 'A', 'a-b', 'a1', '1a', 'xn--caf-dma', 'br', 'com')

const tld = fc.constantFrom('br', 'COM', 'a', 'xn--mgbaam7a8h')

const hostName = fc
  .tuple(fc.array(label, { maxLength: 3 }), tld)
  .map(([labels, last]) => [...labels, last].join('.'))

const wildcardLabel = fc.constantFrom('*', '*', '*', 'a*', '*a', 'a*b', '**', 'xn--*', '*.*', '')

const wildcard = fc.tuple(wildcardLabel, hostName).map((parts) => parts.join('.'))

const inside = fc
  .tuple(label, wildcardLabel, hostName)
  .map(([first, star, rest]) => [first, star, rest].join('.'))

/** A host that is near a name: the name itself, one label for its wildcard, more, or fewer. */
const nameAndHost = fc.oneof(hostName, wildcard, wildcard, inside).chain((name) => {
  const filled = label.map((text) => name.replace(/\*/g, text).replace(/^\.|(?<=\.)\./g, ''))
  const near = fc.oneof(
    filled,
    fc.tuple(label, filled).map((parts) => parts.join('.')),
    filled.map((text) => text.split('.').slice(1).join('.') || 'br'),
    hostName,
  )
  return fc.tuple(fc.constant(name), near)
})

describe('the rules and OpenSSL agree', () => {
  test('The rules and OpenSSL agree on hosts over generated certificates', () => {
    let covered = 0
    fc.assert(
      fc.property(fc.array(nameAndHost, { minLength: 1, maxLength: 4 }), (pairs) => {
        const names = pairs.map(([name]) => name)
        for (const [, host] of pairs) {
          const { openssl, rules } = compare(names, host)
          assert.equal(rules, openssl, `${JSON.stringify(names)} and ${host}`)
          if (openssl) covered += 1
        }
      }),
      { numRuns: 1000 },
    )
    // Both answers must occur, or agreeing would mean nothing.
    assert.ok(covered > 100, `${covered} were covered`)
  })

  test('The rules and OpenSSL agree on IP addresses over generated certificates', () => {
    const small = fc.constantFrom('192.0.2.1', '192.0.2.2', '::1', '2001:db8::1', '::c000:201')
    const address = fc.oneof(small, fc.ipV4(), fc.ipV6().filter(isPlainIpv6))
    fc.assert(
      fc.property(fc.array(address, { minLength: 1, maxLength: 4 }), address, (ips, other) => {
        for (const host of [other, ...ips]) {
          const { openssl, rules } = compareIp(ips, host)
          assert.equal(rules, openssl, `${JSON.stringify(ips)} and ${host}`)
        }
        assert.equal(compareIp(ips, ips[0] ?? '').rules, true)
      }),
      { numRuns: 500 },
    )
  })

  test('Neither a common name nor an IP address in a DNS name covers a host, as in OpenSSL', () => {
    const named = createDer({ dns: ['a.example.com'], commonName: 'b.example.com' })
    assert.equal(new X509Certificate(named).checkHost('b.example.com', options), undefined)
    assert.equal(rulesCover(named, 'b.example.com'), false)
    const numbered = createDer({ dns: ['192.0.2.1', 'a.example.com'] })
    assert.equal(new X509Certificate(numbered).checkIP('192.0.2.1'), undefined)
    assert.equal(rulesCover(numbered, '192.0.2.1'), false)
  })
})

/** All differences that are known: Node's matching, which is the rules', on one side. */
const differences: readonly (readonly [name: string, host: string, rules: boolean, why: string])[] =
  [
    [
      'a.example.com.',
      'a.example.com',
      true,
      'OpenSSL compares a final dot in a certificate as text; RFC 9525 does not say, browsers as Node',
    ],
    [
      'a.example.com',
      'a.example.com.',
      true,
      'OpenSSL compares a final dot in the host as text; RFC 3986, 3.2.2: it makes the name absolute',
    ],
    [
      '*.example.com',
      'a_b.example.com',
      true,
      'OpenSSL lets a wildcard stand for letters, digits and hyphens only; the URI gets a warning of its own',
    ],
    [
      '*.a_b.example.com',
      'c.a_b.example.com',
      true,
      'OpenSSL takes no wildcard in a name with an underscore',
    ],
  ]

describe('the rules and OpenSSL differ', () => {
  for (const [name, host, expected, why] of differences) {
    test(`The rules and OpenSSL differ on ${name} and ${host}: ${why}`, () => {
      assert.deepEqual(compare([name], host), { openssl: !expected, rules: expected })
    })
  }
})

/** Without an embedded IPv4 address, which the maker of certificates does not read. */
function isPlainIpv6(text: string): boolean {
  return !text.includes('.') && new URL(`https://[${text}]/`).hostname.length > 0
}
