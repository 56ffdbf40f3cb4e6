import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { domainToASCII } from 'node:url'
import { say } from '../say.ts'
import { foreign, locateCharacter } from './characters.ts'
import { nearest } from './nearest.ts'
import { enumerate, quote } from './text.ts'

/** Holds one name of a certificate. Matching and URLs use `ascii`. */
export interface HostName {
  readonly kind: 'dns' | 'wildcard' | 'ip'
  /** Lower case, A-labels, no trailing dot; IP addresses in the form of a URL, without brackets. */
  readonly ascii: string
}

/** Holds the reason why a certificate cannot name this host, as the end of a sentence. */
export interface NotAHostName {
  readonly kind: 'none'
  readonly reason: string
}

/**
 * Reads a name as certificates carry it: a DNS name, one with a wildcard as its whole left-most
 * label, or an IP address. U-labels are accepted and converted.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function readHostName(text: string): HostName | NotAHostName {
  if (text === '') return no(say`is empty`)
  if (/^(?:DNS|IP Address):/i.test(text)) return no(say`begins with its type: give the name alone`)
  const wrong = locateCharacter(text, / /) ?? locateCharacter(text, foreign)
  if (wrong !== undefined) return no(say`contains ${wrong}`)
  const bare = text.includes(':') ? withoutBrackets(text) : text
  if (isIP(bare) !== 0) {
    return bare.includes('%') ? no(say`has a zone`) : { kind: 'ip', ascii: canonicalIp(bare) }
  }
  if (text.includes('://')) return no(say`is a URL: give the host alone`)
  if (text.includes('@')) return no(say`is an e-mail address: give the host alone`)
  if (text.includes('/'))
    return no(say`contains a slash: give the host alone, without path or mask`)
  if (text.includes(':')) return no(say`contains a colon: give the host alone, without a port`)
  return readDomain(text)
}

function readDomain(text: string): HostName | NotAHostName {
  const wildcard = text.startsWith('*.')
  const domain = wildcard ? text.slice(2) : text
  if (domain.includes('*')) {
    return no(say`has a wildcard that is not the whole left-most label, as in "*.exemplo.gov.br"`)
  }
  if (domain.includes('%')) return no(say`is not a DNS name`)
  const ascii = domainToASCII(domain).replace(/\.$/, '')
  // domainToASCII returns an IPv4 address, or nothing, for a domain that ends in a number.
  if (endsInNumber(domain) || endsInNumber(ascii))
    return no(say`ends in a number and is not an IP address`)
  if (!isDnsName(ascii)) return no(say`is not a DNS name`)
  if (!wildcard) return { kind: 'dns', ascii }
  if (!ascii.includes('.'))
    return no(say`covers a whole top-level domain, which no certificate may`)
  return { kind: 'wildcard', ascii: `*.${ascii}` }
}

/** @see https://url.spec.whatwg.org/#ends-in-a-number-checker */
function endsInNumber(domain: string): boolean {
  return /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(domain)
}

/**
 * Tells whether an ASCII text is a DNS name: labels of 1 to 63 letters, digits, hyphens (not at
 * the ends) and underscores (which URLs and old certificates have), 253 characters in all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1123#section-2
 */
export function isDnsName(ascii: string): boolean {
  if (ascii.length > 253) return false
  return ascii.split('.').every((label) => /^(?!-)[a-z\d_-]{1,63}(?<!-)$/i.test(label))
}

function canonicalIp(address: string): string {
  if (isIP(address) === 4) return address
  return new URL(`https://[${address}]/`).hostname.slice(1, -1)
}

function no(reason: string): NotAHostName {
  return { kind: 'none', reason }
}

/** Compares hosts with the names of a certificate. Hosts have the form of `URL.hostname`. */
export interface Coverage {
  covers(hostname: string): boolean
  /** Lists the names, and for an uncovered host the nearest one and the wildcard that does not cover it. */
  describe(hostname: string): string
}

/**
 * Reads a certificate's names once, to compare many hosts. Matches as Node does for its TLS connections. Skips names that
 * no host can have, and partial wildcards (`a*.exemplo.gov.br`), which Node accepts and RFC 9525 forbids. Gives Node only
 * subject alternative names, so that it cannot fall back on a common name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function createCoverage(hosts: readonly string[]): Coverage {
  const names = hosts.flatMap((text) => {
    const name = readHostName(text)
    return name.kind === 'none' ? [] : [name]
  })
  const byAscii = new Map(names.map((name) => [name.ascii, name]))
  const described = new Map<string, string>()
  return {
    covers: (hostname) => {
      const host = withoutBrackets(hostname)
      const name = host.replace(/\.$/, '').toLowerCase()
      // Node lets a wildcard match an empty label, which no host has.
      if (isIP(host) === 0 && !isDnsName(name)) return false
      // Of many names, Node is asked about the two that can cover the host.
      const wildcard = `*${name.slice(Math.max(0, name.indexOf('.')))}`
      const candidates = [byAscii.get(name), byAscii.get(wildcard)].filter(
        (one) => one !== undefined,
      )
      if (candidates.length === 0) return false
      const subjectaltname = candidates.map(toAlternativeName).join(', ')
      const certificate = { subject: {}, subjectaltname } as PeerCertificate
      return checkServerIdentity(host, certificate) === undefined
    },
    describe(hostname) {
      const host = withoutBrackets(hostname)
      if (described.size >= mostDescribed) return enumerate(hosts)
      const known = described.get(host) ?? describeNames(host, hosts, names)
      described.set(host, known)
      return known
    },
  }
}

/** Only for names that were read: none contains a comma or a quote, which could make it two. */
function toAlternativeName(name: HostName): string {
  return name.kind === 'ip' ? `IP Address:${name.ascii}` : `DNS:${name.ascii}`
}

/** Removes the brackets that an IPv6 address has in a URL. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** The number of hosts for which the nearest name is looked up, because that takes time. */
const mostDescribed = 20

function describeNames(host: string, hosts: readonly string[], names: readonly HostName[]): string {
  const address = isIP(host) !== 0
  const candidates = names.filter((name) => (name.kind === 'ip') === address)
  const near = nearest(
    host,
    candidates.map((name) => name.ascii),
    Infinity,
  )
  const wide = candidates.find(
    (name) => name.kind === 'wildcard' && `.${host}`.endsWith(name.ascii.slice(1)),
  )
  return [
    enumerate(hosts),
    ...(near === undefined || hosts.length < 2 ? [] : [say`the nearest is ${quote(near)}`]),
    ...(wide === undefined
      ? []
      : [say`in ${quote(wide.ascii)} the "*" stands for exactly one label`]),
  ].join('; ')
}
