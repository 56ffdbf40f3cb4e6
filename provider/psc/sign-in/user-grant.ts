import { describeLifetime } from '../../rules/text.ts'
import { maskIdentification, safeText, safeWords } from '../redact.ts'
import { type Scope, scopes } from './authorization.ts'
import type { RawGrant } from './user-token.ts'

/** What was granted, as far as it may be shown: null for what the PSC did not say. */
export interface Grant {
  readonly scope: string | null
  /** `CPF`: a person; `CNPJ`: a company; `(hidden)`: anything else. */
  readonly identificationType: string | null
  /** Only the middle digits: `***.456.789-**`, `**.345.678/****-**`. */
  readonly identification: string | null
  /** Seconds. */
  readonly expiresIn: number | null
  /** In words. */
  readonly lifetime: string | null
}

/** A grant, and every way in which it is not what was asked for or what the document promises. */
export interface JudgedGrant {
  readonly grant: Grant
  /** In words; empty for a good one. */
  readonly problems: readonly string[]
}

type HolderType = 'CPF' | 'CNPJ'

const hour = 3_600

const day = 24 * hour

/** For every scope but `signature_session`, in seconds. */
const fixedLifetime = 300

/** The periods that a holder may choose for a `signature_session`, in seconds. */
const sessionLifetimes: Readonly<Record<HolderType, readonly number[]>> = {
  CPF: [900, hour, 4 * hour, 8 * hour, day, 3 * day, 7 * day],
  CNPJ: [hour, 8 * hour, day, 3 * day, 7 * day, 15 * day, 30 * day],
}

/** A CNPJ may have letters from July 2026 on (Instrução Normativa RFB 2.229/2024); its check digits stay digits. */
const identificationForms: Readonly<Record<HolderType, RegExp>> = {
  CPF: /^\d{11}$/,
  CNPJ: /^[\dA-Z]{12}\d{2}$/,
}

/**
 * Judges what was granted.
 *
 * @param asked the scope of the authorize request.
 * @see the API document "Token de acesso" (NeoID), "Solicitação válida (Sucesso)"
 */
export function judgeGrant(raw: RawGrant, asked: Scope): JudgedGrant {
  const type = readType(raw.identificationType)
  const expiresIn = readSeconds(raw.expiresIn)
  return {
    grant: {
      scope: shown(raw.scope),
      identificationType: type ?? (isAbsent(raw.identificationType) ? null : '(hidden)'),
      identification: mask(raw.identification, type),
      expiresIn: expiresIn ?? null,
      lifetime: expiresIn === undefined ? null : describeLifetime(expiresIn),
    },
    problems: [
      ...judgeScope(raw.scope, asked),
      ...judgeHolder(raw, type),
      ...judgeLifetime(raw, expiresIn, type, asked),
    ],
  }
}

function judgeScope(scope: unknown, asked: Scope): string[] {
  if (scope === asked) return []
  if (scope === undefined) return ['scope is missing: the document promises what was granted']
  if (typeof scope !== 'string') return ['scope is not a text']
  return [`scope: asked for ${asked}, granted ${quote(scope)}`]
}

function judgeHolder(raw: RawGrant, type: HolderType | undefined): string[] {
  const { identificationType, identification } = raw
  const problems: string[] = []
  if (identificationType === undefined) {
    problems.push('authorized_identification_type is missing')
  } else if (!type) {
    problems.push('authorized_identification_type is neither "CPF" nor "CNPJ"')
  }
  if (identification === undefined) problems.push('authorized_identification is missing')
  else if (typeof identification !== 'string') {
    problems.push('authorized_identification is not a text')
  } else if (type && !identificationForms[type].test(identification)) {
    const form =
      type === 'CPF' ? '11 digits' : '14 digits (or 12 digits and letters, then 2 digits)'
    problems.push(`authorized_identification is no ${type}: it must have ${form} and nothing else`)
  }
  return problems
}

function judgeLifetime(
  raw: RawGrant,
  expiresIn: number | undefined,
  type: HolderType | undefined,
  asked: Scope,
): string[] {
  if (raw.expiresIn === undefined) return ['expires_in is missing']
  if (expiresIn === undefined) return ['expires_in is not a whole number of seconds']
  const scope = scopes.find((known) => known === raw.scope) ?? asked
  if (scope !== 'signature_session') {
    if (isLifetime(expiresIn, fixedLifetime)) return []
    return [
      `expires_in: ${scope} lives for ${describeLifetime(fixedLifetime)}, and this token for ${describeLifetime(expiresIn)}`,
    ]
  }
  // A holder of an unknown type is a problem of its own; then any documented period will do.
  const allowed = type ? sessionLifetimes[type] : Object.values(sessionLifetimes).flat()
  if (allowed.some((lifetime) => isLifetime(expiresIn, lifetime))) return []
  const holder = type ? `the holder of a ${type}` : 'a holder'
  return [
    `expires_in: ${describeLifetime(expiresIn)} is no period that ${holder} can choose (${allowed.map(describeLifetime).join(', ')})`,
  ]
}

/** A server may subtract what has passed since it issued the token, as Keycloak does when it is slow. */
function isLifetime(expiresIn: number, documented: number): boolean {
  return expiresIn <= documented && expiresIn >= documented - 2
}

function readType(value: unknown): HolderType | undefined {
  return value === 'CPF' || value === 'CNPJ' ? value : undefined
}

function readSeconds(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
}

/** Everything but the middle digits is hidden; all of what has another form than its type promises. */
function mask(value: unknown, type: HolderType | undefined): string | null {
  if (isAbsent(value)) return null
  if (typeof value !== 'string' || !type || !identificationForms[type].test(value))
    return '(hidden)'
  return maskIdentification(value)
}

/** A short word of the server's, made safe; anything that looks like an identification stays hidden. */
function shown(value: unknown): string | null {
  if (typeof value !== 'string') return isAbsent(value) ? null : '(not a text)'
  const safe = safeText(value)
  return /\d{6}/.test(safe) || safeWords(value) !== safe ? '(hidden)' : safe.slice(0, 80)
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function quote(text: string): string {
  return `"${String(shown(text))}"`
}
