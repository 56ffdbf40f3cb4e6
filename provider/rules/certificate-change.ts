import { createCoverage } from './coverage.ts'
import { readHostName } from './host-name.ts'
import { warn, type Problem } from './problem.ts'
import { enumerate } from './text.ts'

/**
 * Judges a renewed certificate against the one before it: a warning if it names new hosts, because the
 * PSC judges by the certificate that the application was registered with. (A URI that is no longer
 * covered is an error of `judgeClient`, which says so when it is given `previousHosts`.)
 *
 * @param redirectUris the declared ones; those that only a new host covers are named
 */
export function judgeCertificateRenewal(
  oldHosts: readonly string[],
  newHosts: readonly string[],
  redirectUris: readonly unknown[],
): Problem[] {
  const before = createCoverage(oldHosts)
  const old = new Set(oldHosts.map(ascii))
  const added = newHosts.filter((host) => {
    const name = ascii(host)
    return name !== undefined && !old.has(name) && !before.covers(name)
  })
  if (added.length === 0) return []
  const after = createCoverage(newHosts)
  const depending = redirectUris.flatMap((uri, index) => {
    const host = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).hostname : ''
    return host !== '' && after.covers(host) && !before.covers(host)
      ? [`redirectUris[${index}]`]
      : []
  })
  const which = depending.length === 0 ? '' : ` ${depending.join(', ')} will probably be refused.`
  return [
    warn(
      ['certificate'],
      `The certificate covers hosts that the one before it did not: ${enumerate(added)}. The PSC judges by the certificate that the application was registered with, whatever is declared here.${which} New hosts need another registration, or the PSC's support.`,
    ),
  ]
}

function ascii(host: string): string | undefined {
  const name = readHostName(host)
  return name.kind === 'none' ? undefined : name.ascii
}
