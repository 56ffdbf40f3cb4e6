import { isIP } from 'node:net'
import { createHostMatcher } from './host-match.ts'
import { readHostName } from './host-name.ts'
import { nearest } from './nearest.ts'
import { refuse, warn, type Problem } from './problem.ts'
import { readRedirectUri } from './redirect-uri.ts'
import { describeType, enumerate, quote } from './text.ts'
import { isUnknown } from './unknown.ts'

/** The names that redirect URIs are judged by. */
export interface KnownHosts {
  /** The names that are known, as the certificate has them. */
  readonly hosts: readonly string[]
  /** Whether there are no others; if not, no host can be refused yet. */
  readonly complete: boolean
  /** The names of the certificate that this one replaces. */
  readonly previousHosts?: readonly string[] | undefined
}

const outside = 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'

/** Every problem of a list of redirect URIs; elements that are not known yet are passed over. */
export function judgeRedirectUris(uris: unknown, names: KnownHosts): Problem[] {
  const path = ['redirectUris']
  if (isUnknown(uris)) return []
  if (uris === undefined || uris === null || (Array.isArray(uris) && uris.length === 0)) {
    return [refuse(path, 'has no redirect URI: give at least one', 'PELO_MENOS_UMA_REDIRECT_URI')]
  }
  if (!Array.isArray(uris)) {
    return [refuse(path, `must be a list of texts and is ${describeType(uris)}`)]
  }
  const covers = createHostMatcher(names.hosts)
  const covered = createHostMatcher(names.previousHosts ?? [])
  const byText = new Map<string, number>()
  const byForm = new Map<string, number>()
  // Array.from: a hole in a list is an element that is missing.
  return Array.from(uris as readonly unknown[]).flatMap((uri, index) => {
    const at = [...path, index]
    if (isUnknown(uri)) return []
    if (typeof uri !== 'string') {
      return [refuse(at, `must be a text and is ${describeType(uri)}`)]
    }
    const { problems, hostname, normalForm } = readRedirectUri(uri, at)
    const found = [...problems]
    if (hostname !== undefined && names.complete && !covers(hostname)) {
      found.push(refuse(at, outsideMessage(hostname, names.hosts, covered(hostname)), outside))
    }
    const sameText = remember(byText, uri, index)
    const sameForm = normalForm === undefined ? undefined : remember(byForm, normalForm, index)
    if (sameText !== undefined) {
      found.push(refuse(at, `is the same as redirectUris[${sameText}]: remove one of them`))
    } else if (sameForm !== undefined) {
      found.push(
        warn(at, `is another way to write redirectUris[${sameForm}]: one of them is enough`),
      )
    }
    return found
  })
}

/** Keeps the first index of a key, and answers the earlier one if there is one. */
function remember(seen: Map<string, number>, key: string, index: number): number | undefined {
  const earlier = seen.get(key)
  if (earlier === undefined) seen.set(key, index)
  return earlier
}

function outsideMessage(hostname: string, hosts: readonly string[], before: boolean): string {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const address = isIP(host) !== 0
  const what = address ? 'IP address' : 'host'
  const verb = before
    ? 'is no longer covered by the certificate (the one that it replaces covers it)'
    : 'is not among the subject alternative names of the certificate'
  const near =
    hosts.length > 1
      ? nearest(
          host,
          hosts.filter((name) => isAddress(name) === address),
          Infinity,
        )
      : undefined
  return [
    `has the ${what} ${quote(host)}, which ${verb}: ${enumerate(hosts)}`,
    near === undefined ? '' : `; the nearest is ${quote(near)}`,
    wildcardHint(host, hosts),
    '. Use a host that it names, or ask the PSC for a registration with another certificate',
  ].join('')
}

function isAddress(name: string): boolean {
  return readHostName(name).kind === 'ip'
}

function wildcardHint(host: string, hosts: readonly string[]): string {
  const tooWide = hosts.find((name) => name.startsWith('*.') && `.${host}`.endsWith(name.slice(1)))
  return tooWide === undefined
    ? ''
    : ` (${quote(tooWide)} covers exactly one label in place of "*")`
}
