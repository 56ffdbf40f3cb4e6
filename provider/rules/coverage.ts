import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { isDnsName, readHostName, type HostName } from './host-name.ts'
import { nearest } from './nearest.ts'
import { enumerate, quote } from './text.ts'

/** What a certificate's names cover. Hosts are given as `URL.hostname` has them. */
export interface Coverage {
  covers(hostname: string): boolean
  /** The names, the one nearest to a host that they do not cover, and why it does not. */
  describe(hostname: string): string
}

/**
 * Reads a certificate's names once, to judge many hosts. The matching is Node's own, the one that
 * guards its TLS connections. What cannot be a host's name is left out, and so are partial wildcards
 * (`a*.exemplo.gov.br`), which Node would accept and RFC 9525 forbids. Only subject alternative names
 * are given to Node, so that it cannot fall back on a common name.
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
      const host = bare(hostname)
      const name = host.replace(/\.$/, '').toLowerCase()
      // Node lets a wildcard stand for an empty label, which no host has.
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
      const host = bare(hostname)
      const known = described.get(host) ?? describeNames(host, hosts, names)
      described.set(host, known)
      return known
    },
  }
}

/** The names were read, so that none holds a comma or a quote that could make it two. */
function toAlternativeName(name: HostName): string {
  return name.kind === 'ip' ? `IP Address:${name.ascii}` : `DNS:${name.ascii}`
}

/** Without the brackets that an IPv6 address has in a URL. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** Of a certificate with more names, the nearest is looked for among the first. */
const mostCompared = 5_000

function describeNames(host: string, hosts: readonly string[], names: readonly HostName[]): string {
  const address = isIP(host) !== 0
  const candidates = names.filter((name) => (name.kind === 'ip') === address)
  const near = nearest(
    host,
    candidates.slice(0, mostCompared).map((name) => name.ascii),
    Infinity,
  )
  const wide = candidates.find(
    (name) => name.kind === 'wildcard' && `.${host}`.endsWith(name.ascii.slice(1)),
  )
  const nearestPart =
    near === undefined || hosts.length < 2 ? '' : `; the nearest is ${quote(near)}`
  const widePart =
    wide === undefined ? '' : `; in ${quote(wide.ascii)} the "*" stands for exactly one label`
  return `${enumerate(hosts)}${nearestPart}${widePart}`
}
