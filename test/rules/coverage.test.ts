import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createCoverage } from '../../provider/rules/host-name.ts'

function covers(name: string, host: string): boolean {
  return createCoverage([name]).covers(host)
}

type Case = readonly [name: string, host: string, why: string]

const covered: readonly Case[] = [
  ['www.example.com', 'www.example.com', 'RFC 9525, 6.3: all labels equal'],
  ['WWW.Example.COM', 'www.example.com', 'RFC 4343: case does not count in the certificate'],
  ['www.example.com', 'WWW.EXAMPLE.COM', 'nor in the URI'],
  ['intranet', 'intranet', 'a name of one label'],
  ['*.example.com', 'foo.example.com', 'RFC 6125, 6.4.3, the example'],
  ['*.EXAMPLE.com', 'foo.example.com', 'a wildcard in upper case'],
  ['*.example.co.uk', 'test.example.co.uk', 'four labels'],
  ['*.com.br', 'exemplo.com.br', 'as Node, OpenSSL and webpki have it: no list of public suffixes'],
  ['xn--caf-dma.com.br', 'xn--caf-dma.com.br', 'RFC 5890: A-labels compare as text'],
  ['café.com.br', 'xn--caf-dma.com.br', 'a declared U-label, and the host as URLs have it'],
  ['CAFÉ.com.br', 'xn--caf-dma.com.br', 'the same in upper case'],
  ['*.café.com.br', 'www.xn--caf-dma.com.br', 'a U-label after the wildcard'],
  ['*.com.br', 'xn--caf-dma.com.br', 'the wildcard for a whole A-label'],
  ['example.com.', 'example.com', 'a final dot in the certificate only'],
  ['example.com', 'example.com.', 'a final dot in the URI only'],
  ['*.example.com.', 'foo.example.com.', 'a final dot in both'],
  ['a_b.example.com', 'a_b.example.com', 'an underscore, letter for letter'],
  ['192.0.2.1', '192.0.2.1', 'RFC 9525, 6.5: the very IPv4 address'],
  ['2001:db8::1', '[2001:db8::1]', 'the very IPv6 address'],
  ['2001:DB8:0:0:0:0:0:1', '[2001:db8::1]', 'written in another way'],
  ['[2001:db8::1]', '[2001:db8::1]', 'declared with brackets'],
  ['::ffff:192.0.2.1', '[::ffff:c000:201]', 'an IPv4-mapped address'],
]

const notCovered: readonly Case[] = [
  ['www.example.com', 'example.com', 'fewer labels'],
  ['example.com', 'www.example.com', 'more labels'],
  ['www.example.com', 'www.example.org', 'another top-level domain'],
  ['www.example.com', 'wwww.example.com', 'a longer label'],
  ['*.example.com', 'bar.foo.example.com', 'RFC 6125, 6.4.3: never two labels'],
  ['*.example.com', 'example.com', 'RFC 6125, 6.4.3: never none'],
  ['*.example.com', '.example.com', 'never an empty one'],
  ['baz*.example.net', 'baz1.example.net', 'RFC 9525, 6.3: a part of a label, as a prefix'],
  ['*baz.example.net', 'foobaz.example.net', 'a part of a label, as a suffix'],
  ['b*z.example.net', 'buzz.example.net', 'a part of a label, in the middle'],
  ['foo.*.example.com', 'foo.bar.example.com', 'RFC 9525, 6.3: not the left-most label'],
  ['*.*.example.com', 'a.b.example.com', 'two wildcards'],
  ['**.example.com', 'a.example.com', 'a doubled wildcard'],
  ['xn--*.com.br', 'xn--caf-dma.com.br', 'a part of an A-label'],
  ['*.br', 'exemplo.br', 'a whole top-level domain'],
  ['*.br.', 'exemplo.br', 'the same with a final dot'],
  ['*.br', 'br', 'the top-level domain itself'],
  ['*', 'localhost', 'everything'],
  ['*.', 'localhost.', 'everything with a final dot'],
  ['*', 'a.b', 'everything, for two labels'],
  ['', 'a.b', 'an empty name'],
  ['.', 'a.b', 'a dot alone'],
  ['.example.com', 'www.example.com', 'a leading dot is no wildcard'],
  ['www..example.com', 'www..example.com', 'an empty label'],
  ['example.com..', 'example.com', 'two final dots'],
  ['cafe.com.br', 'xn--caf-dma.com.br', 'letters without their accents'],
  ['192.0.2.1', '192.0.2.2', 'another IPv4 address'],
  ['2001:db8::1', '[2001:db8::2]', 'another IPv6 address'],
  ['192.0.2.1', '[::ffff:c000:201]', 'the same bytes, mapped, are another address'],
  ['::ffff:192.0.2.1', '192.0.2.1', 'and the other way round'],
  ['*.0.2.1', '192.0.2.1', 'a wildcard for an octet'],
  ['*.0.2.1', 'a.0.2.1', 'which is no domain name either'],
  ['192.0.2.0/24', '192.0.2.1', 'a network is no address'],
  ['fe80::1%eth0', '[fe80::1]', 'an address with a zone'],
  ['DNS:www.example.com', 'www.example.com', 'a name with its type'],
  ['a.example, DNS:www.example.com', 'www.example.com', 'a name that pretends to be two'],
  ['a.example", "DNS:www.example.com', 'www.example.com', 'the same with quotes'],
  ['www.example.com\0.evil.example', 'www.example.com', 'a name cut by a null character'],
  ['www.example.com ', 'www.example.com', 'a name with a space'],
  ['(www|ftp).example.com', 'www.example.com', 'a regular expression'],
  ['?ww.example.com', 'www.example.com', 'a question mark is no wildcard'],
  ['https://www.example.com', 'www.example.com', 'a URL is no name'],
  ['www.example.com:443', 'www.example.com', 'a port is not a part of a name'],
]

describe('a name of a certificate covers a host', () => {
  for (const [name, host, why] of covered) {
    test(`${JSON.stringify(name)} covers ${host} (${why})`, () => {
      assert.equal(covers(name, host), true)
    })
  }
})

describe('a name of a certificate does not cover a host', () => {
  for (const [name, host, why] of notCovered) {
    test(`${JSON.stringify(name)} does not cover ${host} (${why})`, () => {
      assert.equal(covers(name, host), false)
    })
  }
})

test('One of several names is enough to cover a host, and no names cover nothing', () => {
  const names = createCoverage(['a.example', '192.0.2.1', 'not a name', '*.example.com'])
  assert.equal(names.covers('www.example.com'), true)
  assert.equal(names.covers('192.0.2.1'), true)
  assert.equal(names.covers('b.example'), false)
  assert.equal(createCoverage([]).covers('a.example'), false)
  assert.equal(createCoverage(['not a name']).covers('a.example'), false)
})
