import { createHash } from 'node:crypto'
import { basePathOf } from '../../emulator/index.ts'
import { knownPsc, type PscName, pscNames } from '../../provider/psc/index.ts'

export const layouts = ['manifest-per-stack', 'fleet'] as const
export const pipelines = ['github', 'gitlab', 'none'] as const
export const languages = ['pt', 'en'] as const

/** Lists the PSCs that a repository can begin with: all but the standard, which has no server. */
export const choosablePscs = pscNames.filter((name) => name !== 'standard')

/** Holds the answers from which a repository is written. */
export interface Setup {
  /** The name of the Pulumi project and of the package. */
  readonly name: string
  /** The environments, each of which is a stack. */
  readonly environments: readonly string[]
  readonly layout: (typeof layouts)[number]
  readonly ci: (typeof pipelines)[number]
  readonly lang: (typeof languages)[number]
}

/** Holds a client of the new repository. */
export interface NewClient {
  readonly environment: string
  /** Its name in the stack. */
  readonly key: string
  readonly psc: PscName
  readonly clientId: string
  /** The environment variable that holds its secret. */
  readonly secret: string
  readonly name: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  /** The names in the certificate that registered it. */
  readonly hosts?: readonly string[]
}

/** Makes an example client for each PSC of each environment. Every one of its values is made up. */
export function exampleClients(
  { environments, layout }: Setup,
  pscs: readonly PscName[],
): NewClient[] {
  return environments.flatMap((environment) =>
    pscs.map((psc): NewClient => {
      const isProduction = environmentAt(psc, environment) === 'production'
      const host = `portal${isProduction ? '' : `-${hostLabel(environment)}`}.exemplo.gov.br`
      // A fleet runs all stacks in one process, with one set of variables.
      const key = layout === 'fleet' ? `portal-${psc}-${environment}` : `portal-${psc}`
      return {
        environment,
        key,
        psc,
        clientId: exampleId(`${environment} ${psc}`),
        secret: variableOf(key),
        name: isProduction ? 'Portal do Cidadão' : `Portal do Cidadão (${environment})`,
        comments: 'Assinatura de requerimentos',
        email: 'suporte@exemplo.gov.br',
        redirectUris: [`https://${host}/callback/${psc}`],
        ...(needsCertificate(psc) && { hosts: [host] }),
      }
    }),
  )
}

/** Names the environment variable of a client's secret. */
export function variableOf(key: string): string {
  const name = key
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Z\d]+/g, '_')
    .replace(/^(?=\d)/, '_')
  return `${name}_SECRET`
}

/** Whether the redirect URIs of a client at a PSC are compared with a certificate. */
export function needsCertificate(psc: PscName): boolean {
  return knownPsc(psc).capabilities.redirectUriRule.value === 'certificate'
}

/** Whether a PSC has a service that changes a client. At another one, a client is only verified. */
export function isMaintained(psc: PscName): boolean {
  return knownPsc(psc).capabilities.maintenance.value
}

/** Holds where a PSC is in an environment, as a profile of a manifest. Empty for its default. */
export interface Place {
  readonly environment?: string
  /** The emulator's address, for an environment that the PSC's documents do not name. */
  readonly baseUrl?: string
}

/**
 * Finds where a PSC is in an environment. No client of another environment is ever led to production.
 *
 * @param port the emulator's for this PSC.
 */
export function placeOf(psc: PscName, environment: string, port: number): Place {
  const found = environmentAt(psc, environment)
  if (found === 'production') return {}
  if (found !== undefined) return { environment: found }
  return { baseUrl: `http://127.0.0.1:${port}${basePathOf(psc)}` }
}

const synonyms: readonly RegExp[] = [/^prod/i, /^hom|^stag|^sandbox/i, /^demo/i]

/** Finds the environment of a PSC that a team's name means, such as `hom`. */
function environmentAt(psc: PscName, environment: string): string | undefined {
  const known = Object.keys(knownPsc(psc).environments)
  const meant = synonyms.find((pattern) => pattern.test(environment))
  return known.find((name) => name === environment || meant?.test(name) === true)
}

function hostLabel(environment: string): string {
  return environment.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')
}

/** Makes a client id in the form of a UUID: the same one for the same text, so that a second run writes the same files. */
function exampleId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-')
}
