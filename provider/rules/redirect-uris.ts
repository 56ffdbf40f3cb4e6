import { isIP } from 'node:net'
import { type Coverage, createCoverage } from './host-name.ts'
import { isUnknown, type Problem, refuse, warn } from './problem.ts'
import { readRedirectUri } from './redirect-uri.ts'
import { describeType, quote } from './text.ts'

/** The certificate's names that redirect URIs are judged by. */
export interface KnownHosts {
  /** The names that are known, as the certificate has them. */
  readonly hosts: readonly string[]
  /** Whether there are no others; if there may be, no host can be refused yet. */
  readonly complete: boolean
  /** The names of the certificate that this one replaces. */
  readonly previousHosts?: readonly string[] | undefined
}

/** Every problem of a list of redirect URIs; elements that are not known yet are passed over. */
export function judgeRedirectUris(uris: unknown, names: KnownHosts): Problem[] {
  const path = ['redirectUris']
  if (isUnknown(uris)) return []
  if (uris === undefined || uris === null || (Array.isArray(uris) && uris.length === 0)) {
    const message = 'There is no redirect URI. Give at least one; the first is the default.'
    return [refuse(path, message, 'PELO_MENOS_UMA_REDIRECT_URI')]
  }
  if (!Array.isArray(uris)) {
    return [refuse(path, `This must be a list of texts and is ${describeType(uris)}.`)]
  }
  const judgeHost = createHostJudge(names)
  const judgeRepetition = createRepetitionJudge()
  // Array.from: a hole in a list is an element that is missing.
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    if (isUnknown(uri)) return []
    if (typeof uri !== 'string') {
      return [refuse(at, `A redirect URI must be a text and this is ${describeType(uri)}.`)]
    }
    const { problems, hostname, normalForm } = readRedirectUri(uri, at)
    return [
      ...problems,
      ...(hostname === undefined ? [] : judgeHost(hostname, at)),
      ...judgeRepetition(uri, normalForm, index),
    ]
  })
}

function createHostJudge(
  names: KnownHosts,
): (hostname: string, path: Problem['path']) => Problem[] {
  if (!names.complete) return () => []
  const now = createCoverage(names.hosts)
  const before = createCoverage(names.previousHosts ?? [])
  return (hostname, path) =>
    now.covers(hostname)
      ? []
      : [
          refuse(
            path,
            outsideMessage(hostname, now, before.covers(hostname)),
            'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
          ),
        ]
}

function outsideMessage(hostname: string, names: Coverage, coveredBefore: boolean): string {
  const what = hostname.startsWith('[') || isIP(hostname) !== 0 ? 'IP address' : 'host'
  const renewed = coveredBefore ? ' (the certificate that it replaces covers it)' : ''
  const verb = coveredBefore ? 'is no longer' : 'is not'
  return [
    `The ${what} ${quote(hostname)} ${verb} covered by the certificate${renewed}.`,
    `Its subject alternative names are ${names.describe(hostname)}.`,
    'Use a host that it names; another one needs a registration with another certificate.',
  ].join(' ')
}

function createRepetitionJudge(): (
  uri: string,
  normalForm: string | undefined,
  index: number,
) => Problem[] {
  const byText = new Map<string, number>()
  const byForm = new Map<string, number>()
  return (uri, normalForm, index) => {
    const path = ['redirectUris', index]
    const sameText = remember(byText, uri, index)
    const sameForm = normalForm === undefined ? undefined : remember(byForm, normalForm, index)
    if (sameText !== undefined) {
      return [refuse(path, `The URI is the same as redirectUris[${sameText}]. Remove one of them.`)]
    }
    if (sameForm === undefined) return []
    return [
      warn(path, `The URI is redirectUris[${sameForm}] written in another way. One is enough.`),
    ]
  }
}

/** Keeps the first index of a key, and answers the earlier one if there is one. */
function remember(seen: Map<string, number>, key: string, index: number): number | undefined {
  const earlier = seen.get(key)
  if (earlier === undefined) seen.set(key, index)
  return earlier
}
