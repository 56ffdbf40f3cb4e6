import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { readHostName } from './host-name.ts'

/** Answers whether a certificate covers a host, given as `URL.hostname` gives it. */
export type HostMatcher = (hostname: string) => boolean

/**
 * Makes the matcher for a certificate's names. The matching is Node's own, the one that secures
 * its TLS connections. Names that cannot be a host's, and partial wildcards (`a*.exemplo.gov.br`),
 * which Node would accept and RFC 9525 forbids, are left out. Only subject alternative names are
 * given to Node, so that it cannot fall back on a common name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function createHostMatcher(names: readonly string[]): HostMatcher {
  const alternatives: string[] = []
  for (const text of names) {
    const name = readHostName(text)
    if (name.kind === 'ip') alternatives.push(`IP Address:${name.ascii}`)
    else if (name.kind !== 'none') alternatives.push(`DNS:${name.ascii}`)
  }
  const certificate = { subject: {}, subjectaltname: alternatives.join(', ') } as PeerCertificate
  return (hostname) => {
    if (alternatives.length === 0) return false
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    return checkServerIdentity(host, certificate) === undefined
  }
}
