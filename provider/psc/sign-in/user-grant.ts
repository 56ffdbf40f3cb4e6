import {
  type IdentificationType,
  identificationForms,
  maskIdentification,
} from '../../rules/identification.ts'
import { describeLifetime } from '../../rules/text.ts'
import type { ScopeLifetimes } from '../profiles/fact.ts'
import { say, sayLater } from '../../say.ts'
import { safeText, safeWords } from '../redact.ts'
import { type Scope, scopes } from './authorization.ts'
import type { RawGrant } from './user-token.ts'

/** Holds the displayable part of a grant; null for a missing value. */
export interface Grant {
  readonly scope: string | null
  /** `CPF`: a person; `CNPJ`: a company; `(hidden)`: anything else. */
  readonly identificationType: string | null
  /** The middle digits only: `***.456.789-**`, `**.345.678/****-**`. */
  readonly identification: string | null
  /** In seconds. */
  readonly expiresIn: number | null
  /** `expiresIn` in words. */
  readonly lifetime: string | null
}

/** Holds a grant and its deviations from the request and from the API document. */
export interface JudgedGrant {
  readonly grant: Grant
  /** Empty for a grant without deviations. */
  readonly problems: readonly GrantProblem[]
}

/** Names the part of a grant that deviates. */
type GrantCode = 'ERR_PSC_GRANT_SCOPE' | 'ERR_PSC_GRANT_HOLDER' | 'ERR_PSC_GRANT_LIFETIME'

/** Describes one deviation of a grant. */
export interface GrantProblem {
  readonly code: GrantCode
  /** The field, the problem and the remedy. Ends in the code. */
  readonly message: string
}

const remedies: Readonly<Record<GrantCode, () => string>> = {
  ERR_PSC_GRANT_SCOPE: sayLater`Ask the support of the PSC which scopes this client may request.`,
  ERR_PSC_GRANT_HOLDER: sayLater`Report it to the support of the PSC.`,
  ERR_PSC_GRANT_LIFETIME: sayLater`Report it to the support of the PSC.`,
}

/** Makes a problem from a sentence about a field of the answer. */
function deviation(code: GrantCode, sentence: string): GrantProblem {
  return { code, message: `${sentence}. ${remedies[code]()} [${code}]` }
}

/**
 * Compares a grant with the request and with what is known of its PSC.
 *
 * @param asked the requested scope.
 * @param lifetimes the lifetimes that a token of the PSC may have.
 * @see the API document "Token de acesso" (NeoID), "Solicitação válida (Sucesso)"
 */
export function judgeGrant(raw: RawGrant, asked: Scope, lifetimes: ScopeLifetimes): JudgedGrant {
  const type = readType(raw.identificationType)
  const expiresIn = readSeconds(raw.expiresIn)
  return {
    grant: {
      scope: shown(raw.scope ?? asked),
      identificationType: type ?? (isAbsent(raw.identificationType) ? null : '(hidden)'),
      identification: mask(raw.identification, type),
      expiresIn: expiresIn ?? null,
      lifetime: expiresIn === undefined ? null : describeLifetime(expiresIn),
    },
    problems: [
      ...judgeScope(raw.scope, asked),
      ...judgeHolder(raw, type),
      ...judgeLifetime(raw, expiresIn, lifetimes, type, asked),
    ],
  }
}

/**
 * Judges the granted scopes, a list with spaces. Without one, the scope is the requested one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
function judgeScope(scope: unknown, asked: Scope): GrantProblem[] {
  if (scope === undefined) return []
  const problem = (text: string) => [deviation('ERR_PSC_GRANT_SCOPE', `scope ${text}`)]
  if (typeof scope !== 'string') return problem(say`is not a string`)
  const granted = scope.split(' ')
  // A PSC may add a scope of its own, but none of the known ones, which allow signatures.
  const more = scopes.some((known) => known !== asked && granted.includes(known))
  if (granted.includes(asked) && !more) return []
  return problem(say`is ${quote(scope)}, but the sign-in requested ${asked}`)
}

function judgeHolder(raw: RawGrant, type: IdentificationType | undefined): GrantProblem[] {
  const { identificationType, identification } = raw
  const problems: GrantProblem[] = []
  const report = (text: string, field = 'authorized_identification') => {
    problems.push(deviation('ERR_PSC_GRANT_HOLDER', `${field} ${text}`))
  }
  const ofType = 'authorized_identification_type'
  if (identificationType === undefined) report(say`is missing`, ofType)
  else if (!type) report(say`is neither "CPF" nor "CNPJ"`, ofType)
  if (identification === undefined) report(say`is missing`)
  else if (typeof identification !== 'string') report(say`is not a string`)
  else if (type && !identificationForms[type].test(identification)) {
    const form =
      type === 'CPF' ? say`11 digits` : say`14 digits (or 12 digits and letters, then 2 digits)`
    report(say`is not a ${type}: a ${type} has exactly ${form}`)
  }
  return problems
}

function judgeLifetime(
  raw: RawGrant,
  expiresIn: number | undefined,
  { request, session, complete }: ScopeLifetimes,
  type: IdentificationType | undefined,
  asked: Scope,
): GrantProblem[] {
  const problem = (text: string) => [deviation('ERR_PSC_GRANT_LIFETIME', `expires_in ${text}`)]
  if (raw.expiresIn === undefined) return problem(say`is missing`)
  if (expiresIn === undefined) return problem(say`is not a whole number of seconds`)
  const granted = typeof raw.scope === 'string' ? raw.scope.split(' ') : []
  const scope = granted.includes(asked)
    ? asked
    : (scopes.find((known) => granted.includes(known)) ?? asked)
  if (scope !== 'signature_session' && request.length > 0) {
    if (isOneOf(request, expiresIn)) return []
    return problem(
      say`is ${describeLifetime(expiresIn)}, but a token of ${scope} is valid for ${list(request)}`,
    )
  }
  // An unknown type of holder is reported by itself. Then any documented lifetime is accepted.
  const allowed = type ? session[type] : Object.values(session).flat()
  const holder = type ? say`the holder of a ${type}` : say`a holder`
  if (!complete || scope !== 'signature_session') {
    const longest = Math.max(...allowed)
    if (expiresIn <= longest) return []
    return problem(
      say`is ${describeLifetime(expiresIn)}, but ${holder} may authorize at most ${describeLifetime(longest)}`,
    )
  }
  if (isOneOf(allowed, expiresIn)) return []
  return problem(
    say`is ${describeLifetime(expiresIn)}, which ${holder} cannot choose. Possible: ${list(allowed)}`,
  )
}

function list(lifetimes: readonly number[]): string {
  return lifetimes.map(describeLifetime).join(', ')
}

function isOneOf(lifetimes: readonly number[], expiresIn: number): boolean {
  return lifetimes.some((lifetime) => isLifetime(expiresIn, lifetime))
}

/** Compares lifetimes. A slow server may subtract the time since it issued the token, as Keycloak does. */
function isLifetime(expiresIn: number, documented: number): boolean {
  return expiresIn <= documented && expiresIn >= documented - 2
}

function readType(value: unknown): IdentificationType | undefined {
  return value === 'CPF' || value === 'CNPJ' ? value : undefined
}

function readSeconds(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
}

/** Masks all but the middle digits, and all of a value that is not of its type's form. */
function mask(value: unknown, type: IdentificationType | undefined): string | null {
  if (isAbsent(value)) return null
  if (typeof value !== 'string' || !type || !identificationForms[type].test(value))
    return '(hidden)'
  return maskIdentification(value)
}

/** Makes a short value of the server safe to display. Hides anything that may be an identification. */
function shown(value: unknown): string | null {
  if (typeof value !== 'string') return isAbsent(value) ? null : '(not a string)'
  const safe = safeText(value)
  return /\d{6}/.test(safe) || safeWords(value) !== safe ? '(hidden)' : safe.slice(0, 80)
}

/** The parts of a grant that are our own words. */
const markers: ReadonlyMap<string, () => string> = new Map([
  ['(hidden)', sayLater`(hidden)`],
  ['(not a string)', sayLater`(not a string)`],
])

/** Says a part of a grant in the language of this process. */
export function sayShown(text: string): string {
  return markers.get(text)?.() ?? text
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function quote(text: string): string {
  return `"${sayShown(String(shown(text)))}"`
}
