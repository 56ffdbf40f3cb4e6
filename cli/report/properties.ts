import { isPscName, knownPsc, resolveProfile } from '../../provider/psc/index.ts'
import { isRecord } from '../../provider/rules/text.ts'
import type { Certificate, Client, Place, SecretPlace } from './model.ts'
import type { Bag } from './sources.ts'

/** The engine's placeholder for a value that is not known before it is applied. */
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Reads a text. Null for a secret one, which the engine wraps, and for one that is not known yet. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== unknownText ? value : null
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item: unknown) => text(item) ?? []) : []
}

/** Reads a time, as ISO 8601 in UTC: a text, or milliseconds since the epoch. */
export function time(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** Reads where a secret is. Takes nothing from a value that could be the secret itself, encrypted or not. */
export function secretPlace(value: unknown): SecretPlace | null {
  if (value === undefined || value === null) return null
  if (isRecord(value)) {
    for (const kind of ['env', 'file', 'config'] as const) {
      const name = value[kind]
      if (typeof name === 'string' && Object.keys(value).length === 1) return { kind, name }
    }
  }
  return { kind: 'inline', name: null }
}

export function certificate(value: unknown): Certificate | null {
  if (!isRecord(value)) return null
  const { hosts, notAfter, fingerprint256 } = value
  return { hosts: texts(hosts), notAfter: time(notAfter), fingerprint256: text(fingerprint256) }
}

type BaseUrls = Readonly<Record<string, string>>

/** Reads the PSC of a client, and finds the environment that has its address. */
export function pscPlace(
  psc: unknown,
  baseUrls: BaseUrls,
  endpoints?: unknown,
): Pick<Place, 'psc' | 'environment' | 'baseUrl'> {
  const bag = isRecord(psc) ? psc : {}
  const known = text(bag.extends) ?? text(bag.name) ?? text(psc)
  const name = text(bag.name) ?? known ?? '?'
  const baseUrl = storedBaseUrl(endpoints) ?? resolveBaseUrl(psc, baseUrls)
  const environments = isPscName(known) ? Object.entries(knownPsc(known).environments) : []
  const [environment] = environments.find(([, { value }]) => value === baseUrl) ?? []
  return { psc: name, environment: environment ?? null, baseUrl }
}

function storedBaseUrl(endpoints: unknown): string | null {
  const address = isRecord(endpoints) ? text(endpoints.clientMaintenance) : text(endpoints)
  return address?.replace(/\/client_maintenance$/, '') ?? null
}

function resolveBaseUrl(psc: unknown, baseUrls: BaseUrls): string | null {
  try {
    return resolveProfile(psc, baseUrls).baseUrl
  } catch {
    // A report shows what it can.
    return null
  }
}

/** What the properties of a client tell, in a manifest, a state or a preview. */
export type ClientFacts = Omit<Client, 'status' | 'applied' | 'verified'> & {
  /** The same for a client of a PSC in every file. Undefined while its id is not known. */
  readonly key: string | undefined
  readonly previousSecret: SecretPlace | null
  readonly preflight: string | null
}

/** Reads the properties of a client. */
export function clientFacts(
  { stack, entry }: Pick<Place, 'stack' | 'entry'>,
  bag: Bag,
  baseUrls: BaseUrls,
): ClientFacts {
  const clientId = text(bag.clientId)
  const place = pscPlace(bag.psc, baseUrls, bag.endpoints)
  const declared = isRecord(bag.psc) ? text(bag.psc.environment) : null
  return {
    stack,
    entry,
    name: text(bag.name),
    clientId,
    ...place,
    // As the provider tells a change from a replacement: another address alone is the same client.
    key: clientId === null ? undefined : JSON.stringify([place.psc, declared, clientId]),
    email: text(bag.email),
    comments: text(bag.comments),
    redirectUris: texts(bag.redirectUris),
    certificate: certificate(bag.certificate),
    secret: secretPlace(bag.clientSecret),
    previousSecret: secretPlace(bag.previousClientSecret),
    preflight: text(bag.preflight),
  }
}

/** Writes where a secret is, in the notation of a manifest. Null for one that was given as text. */
export function secretText(secret: SecretPlace | null): string | null {
  return typeof secret?.name !== 'string' ? null : `{ ${secret.kind}: ${secret.name} }`
}
