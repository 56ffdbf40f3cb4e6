import type { Code } from '../codes.ts'
import { say } from '../say.ts'
import { describeType, quote } from './text.ts'

/** Points into a declaration: `['redirectUris', 1]`. An empty path is the declaration itself. */
export type PropertyPath = readonly (string | number)[]

/** Lists the PSCs' own codes, from their documents, that the rules use. */
export type PscCode =
  | 'APLICACAO_OAUTH_NOME_JA_CADASTRADO'
  | 'CONTATO_EMAIL_INVALIDO'
  | 'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL'
  | 'PELO_MENOS_UMA_REDIRECT_URI'
  | 'URI_HTTPS_OBRIGATORIO'
  | 'URI_INVALIDA'
  | 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'

/** The PSC's own code where its documents have one, else ours. */
export type ProblemCode = Code | PscCode

/** Describes one error of a declaration, or one thing that its author should know. */
export interface Problem {
  /** An `error` stops a preview; a `warning` is shown and does not. */
  readonly severity: 'error' | 'warning'
  readonly path: PropertyPath
  readonly code: ProblemCode
  /**
   * What is wrong and what to do, as it reads after the path: `the host "x" is not covered … Use …`. Does not repeat
   * path or code; never contains a secret.
   */
  readonly message: string
}

/** Writes a path: `redirectUris[1]`, `certificate.hosts[0]`, `pscs["my psc"]`. */
export function formatPath(path: PropertyPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (!isWord(step)) text += `[${quote(step)}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** Writes a problem in one line: `redirectUris[1]: the URI is empty. Give … [URI_INVALIDA]` */
export function describeProblem({ path, code, message }: Problem): string {
  const place = formatPath(path)
  return `${place === '' ? '' : `${place}: `}${message} [${code}]`
}

/** Makes a problem that stops a preview. */
export function refuse(path: PropertyPath, message: string, code: ProblemCode): Problem {
  return { severity: 'error', path, code, message }
}

/** Makes a problem that is shown and does not stop anything. */
export function warn(path: PropertyPath, message: string, code: ProblemCode): Problem {
  return { severity: 'warning', path, code, message }
}

/** Makes the problem of a value that is not there, or in which nothing can be seen. */
export function missing(path: PropertyPath, value: unknown, remedy: string): Problem {
  const message =
    value === undefined || value === null
      ? say`${nameOf(path)} is missing: ${remedy}.`
      : say`${nameOf(path)} is empty: ${remedy}.`
  return refuse(path, message, 'ERR_PSC_MISSING')
}

/** Makes the problem of a value that has another type than expected, or is missing. */
export function wrongType(path: PropertyPath, value: unknown, expected: string): Problem {
  if (value === undefined || value === null) return missing(path, value, say`give ${expected}`)
  const message = say`${nameOf(path)} must be ${expected} and is ${describeType(value)}.`
  return refuse(path, message, 'ERR_PSC_TYPE')
}

/** Finds the problem of a value that must be one of a few. Skips a value that is left out or unknown. */
export function validateChoice(
  path: PropertyPath,
  value: unknown,
  choices: readonly unknown[],
): Problem[] {
  if (value === undefined || isUnknown(value) || choices.includes(value)) return []
  return [
    refuse(path, say`${nameOf(path)} must be one of ${choices.join(', ')}.`, 'ERR_PSC_CHOICE'),
  ]
}

/** Names a property in a sentence: `` `hosts[0]` ``, or `"my portal"` if the name is not a word. */
export function nameOf(path: PropertyPath): string {
  const last = path.findLastIndex((step) => typeof step === 'string')
  const [name = '', ...items] = path.slice(Math.max(0, last))
  return isWord(name) ? `\`${name}${formatPath(items)}\`` : quote(String(name))
}

function isWord(step: string | number): boolean {
  return typeof step === 'string' && /^[\p{L}_$][\p{L}\p{N}_$-]{0,99}$/u.test(step)
}

/** Stands for a value that is not known yet: in a preview, an output of a resource that does not exist yet. */
export const unknownValue: unique symbol = Symbol.for('pulumi-psc.unknown')

/** Tells whether a value is not known yet. */
export function isUnknown(value: unknown): value is typeof unknownValue {
  return value === unknownValue
}
