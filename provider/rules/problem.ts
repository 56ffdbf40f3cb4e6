/** Where in a declaration: `['redirectUris', 1]`. An empty path is the declaration itself. */
export type PropertyPath = readonly (string | number)[]

/** One thing that is wrong with a declaration, or that its author should know. */
export interface Problem {
  /** An `error` stops a preview; a `warning` is shown and does not. */
  readonly severity: 'error' | 'warning'
  readonly path: PropertyPath
  /** The PSC's own error code for this refusal, where the documents have one. */
  readonly code?: string
  /** What is wrong and what to do; does not repeat path or code; never contains a secret. */
  readonly message: string
}

/** The text form of a path: `redirectUris[1]`, `certificate.hosts[0]`, `pscs["my psc"]`. */
export function formatPath(path: PropertyPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) text += `[${JSON.stringify(step)}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** A problem in one line: `redirectUris[1]: URI_INVALIDA: What is wrong. What to do.` */
export function describeProblem({ path, code, message }: Problem): string {
  return [formatPath(path), code, message].filter(Boolean).join(': ')
}

/** A problem that stops a preview. */
export function refuse(path: PropertyPath, message: string, code?: string): Problem {
  return { severity: 'error', path, ...(code === undefined ? {} : { code }), message }
}

/** A problem that is shown and does not stop anything. */
export function warn(path: PropertyPath, message: string): Problem {
  return { severity: 'warning', path, message }
}

/** A value that is not known yet: at preview, an output of a resource that does not exist yet. */
export const unknownValue: unique symbol = Symbol.for('pulumi-psc.unknown')

/** Tells whether a value is not known yet. */
export function isUnknown(value: unknown): value is typeof unknownValue {
  return value === unknownValue
}
