import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** One name of a certificate, read. `ascii` is what matching and URLs work with. */
export interface HostName {
  readonly kind: 'dns' | 'wildcard' | 'ip'
  /** Lower case, A-labels, no trailing dot; IP addresses in the form of a URL, without brackets. */
  readonly ascii: string
}

/** Why a text names no host that a certificate can be issued for, as the end of a sentence. */
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
  if (text === '') return no('is empty')
  if (/^(?:DNS|IP Address):/i.test(text)) return no('has its type in front: give the name alone')
  if (/[\s\p{C}]/u.test(text)) return no('holds a space or a control character')
  const bare = /^\[(.*:.*)\]$/.exec(text)?.[1] ?? text
  if (isIP(bare) !== 0) {
    return bare.includes('%') ? no('has a zone') : { kind: 'ip', ascii: canonicalIp(bare) }
  }
  if (text.includes('://')) return no('is a URL: give the host alone')
  if (text.includes('@')) return no('is an e-mail address: give the host alone')
  if (text.includes('/')) return no('holds a slash: give the host alone, without path or mask')
  if (text.includes(':')) return no('holds a colon: give the host alone, without a port')
  return readDomain(text)
}

function readDomain(text: string): HostName | NotAHostName {
  const wildcard = text.startsWith('*.')
  const domain = wildcard ? text.slice(2) : text
  if (domain.includes('*')) {
    return no('has a wildcard that is not the whole left-most label, as in "*.exemplo.gov.br"')
  }
  if (domain.includes('%')) return no('is not a DNS name')
  const ascii = domainToASCII(domain).replace(/\.$/, '')
  // domainToASCII answers an IPv4 address for what ends in a number, or nothing.
  if (endsInNumber(domain) || endsInNumber(ascii))
    return no('ends in a number and is no IP address')
  if (!isDnsName(ascii)) return no('is not a DNS name')
  if (!wildcard) return { kind: 'dns', ascii }
  if (!ascii.includes('.'))
    return no('would cover a whole top-level domain, which no certificate may')
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
