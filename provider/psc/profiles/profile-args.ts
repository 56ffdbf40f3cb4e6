import { ProfileError } from '../../errors.ts'
import { clientAuthentications } from '../../rules/client-fields.ts'
import { listKnown, nameUnseen, nearest, suggest } from '../../rules/nearest.ts'
import type { RedirectUriRule } from '../../rules/redirect-uris.ts'
import { isRecord, quote } from '../../rules/text.ts'
import { say } from '../../say.ts'
import type { Capabilities, Deletion, Registration, TokenRequest } from './fact.ts'
import { isPscName, type PscName, pscNames } from './known.ts'

/** Declares a profile. A missing value comes from the PSC that it extends. */
export interface PscProfileArgs extends Partial<Capabilities> {
  /** The known PSC that it extends (default: the one called `name`). */
  readonly extends?: PscName
  /** Default: the name of the PSC that it extends. */
  readonly name?: string
  /** One of the environments of the PSC that it extends (default: production). */
  readonly environment?: string
  /** https, or plain http for a loopback address. Replaces `environment`. */
  readonly baseUrl?: string
  /** `aud` of a signed registration (default: that of the PSC that it extends). */
  readonly audience?: string
  /** `iss` of authorization responses (RFC 9207). */
  readonly issuer?: string
}

/** Declares a PSC: the name of a known one, or a profile. */
export type PscReference = PscName | PscProfileArgs

/** Declares an issuer: Motor RCE, a PSC, or the address of a token endpoint of RFC 6749. */
export type IssuerReference = 'motor-rce' | PscReference | (string & {})

/** Names the PSC of a declaration in a message. */
export function nameOfPsc(psc: PscReference): string {
  return typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
}

/** Lists the values of `registration` in a profile. */
export const registrations = [
  'application',
  'application_cert',
  'none',
] as const satisfies readonly Registration[]

/** Lists the values of `tokenRequest` in a profile. */
export const tokenRequests = ['form', 'json'] as const satisfies readonly TokenRequest[]

/** Lists the values of `redirectUriRule` in a profile. */
export const redirectUriRules = [
  'certificate',
  'https',
  'https-or-loopback',
] as const satisfies readonly RedirectUriRule[]

/** Lists the values of `deletion` in a profile. */
export const deletions = ['service', 'none', 'unknown'] as const satisfies readonly Deletion[]

/**
 * Words the problem of an unknown name.
 *
 * @param hint default: suggests the nearest known PSC, if one is near, and lists all.
 */
export function describeUnknownPsc(name: string, hint?: string): string {
  const meant = hint === undefined ? nearest(name, pscNames, 2) : undefined
  const near = meant === undefined ? '' : `${say`Did you mean ${meant}?`} `
  const advice = hint ?? nameUnseen(name) + near + listKnown(pscNames)
  return `${say`unknown PSC ${quote(name)}.`} ${advice}`
}

type Judge = (value: unknown) => string | undefined

const boolean: Judge = (value) =>
  typeof value === 'boolean' ? undefined : say`must be true or false`

const text: Judge = (value) =>
  typeof value === 'string' && value !== '' ? undefined : say`must be a non-empty string`

const oneOf =
  (names: readonly string[]): Judge =>
  (value) =>
    names.includes(value as string) ? undefined : say`must be one of ${names.join(', ')}`

const safeName: Judge = (value) =>
  typeof value === 'string' && /^[\p{L}\p{N}._-]{1,64}$/u.test(value)
    ? undefined
    : say`must be 1 to 64 letters, digits, dots, hyphens or underscores`

const schemes: Judge = (value) =>
  Array.isArray(value) &&
  value.every((scheme) => /^(?!https?$)[a-z][a-z\d+.-]*$/.test(String(scheme)))
    ? undefined
    : say`must be a list of lower-case schemes without a colon, such as push; not http and not https`

const lifetimes: Judge = (value) => {
  const seconds = (list: unknown) =>
    Array.isArray(list) && list.every((one) => Number.isSafeInteger(one) && one > 0)
  const sessions = (list: unknown) => seconds(list) && (list as readonly unknown[]).length > 0
  const isValid =
    isRecord(value) &&
    seconds(value.request) &&
    isRecord(value.session) &&
    sessions(value.session.CPF) &&
    sessions(value.session.CNPJ) &&
    typeof value.complete === 'boolean'
  return isValid
    ? undefined
    : say`must be { request, session: { CPF, CNPJ }, complete }: lists of seconds, and true or false. A list of a session has at least one`
}

const judges: Readonly<Record<keyof PscProfileArgs, Judge>> = {
  extends: oneOf(pscNames),
  name: safeName,
  environment: text,
  baseUrl: text,
  maintenance: boolean,
  echoes: boolean,
  rotates: boolean,
  registration: oneOf(registrations),
  tokenRequest: oneOf(tokenRequests),
  tokenHasSideEffects: boolean,
  ownUriSchemes: schemes,
  redirectUriRule: oneOf(redirectUriRules),
  clientAuthentication: oneOf(clientAuthentications),
  deletion: oneOf(deletions),
  scopeLifetimes: lifetimes,
  tellsRedirectUris: (value) =>
    typeof value === 'boolean' || value === 'unknown'
      ? undefined
      : say`must be true, false or unknown`,
  audience: text,
  issuer: text,
}

/**
 * Reads a declaration's `psc`, from a program or from a manifest.
 *
 * @throws {ProfileError} for an unknown name, an unknown key or a wrong value.
 */
export function readReference(reference: unknown): PscProfileArgs {
  const known = pscNames.join(', ')
  if (typeof reference === 'string') {
    if (isPscName(reference)) return { name: reference }
    throw new ProfileError(describeUnknownPsc(reference))
  }
  if (!isRecord(reference)) {
    throw new ProfileError(say`must be the name of a PSC (${known}) or a profile object.`)
  }
  const given = Object.entries(reference).filter(([, value]) => value !== undefined)
  for (const [key, value] of given) judgeValue(key, value)
  const args = Object.fromEntries(given) as PscProfileArgs
  if (args.extends === undefined && args.name === undefined) {
    throw new ProfileError(say`needs a name or a PSC to extend (${known}).`)
  }
  return args
}

function judgeValue(key: string, value: unknown): void {
  if (!Object.hasOwn(judges, key)) {
    throw new ProfileError(
      `${say`unknown key ${quote(key)}.`} ${suggest(key, Object.keys(judges))}`,
      key,
    )
  }
  const fault = judges[key as keyof PscProfileArgs](value)
  if (fault !== undefined) throw new ProfileError(`${key} ${fault}.`, key)
}
