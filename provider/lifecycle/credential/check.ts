import type { dynamic } from '@pulumi/pulumi'
import type { TokenIssuer } from '../../psc/tokens/issuer.ts'
import { IssuerError } from '../../psc/tokens/issuer-fault.ts'
import { judgeCredential } from '../../rules/credential.ts'
import { describeProblem } from '../../rules/problem.ts'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { isExplained } from '../error.ts'
import { noteRun, problemsOfPreflight, type Provable, prove, proveNew } from '../preflight.ts'
import { issuerFor } from './declaration.ts'

/**
 * Judges a credential by what is known of it, and proves one that is not in the state yet, unless the program does. Never
 * rewrites what was declared; a failure's path begins its reason, for the sake of secrets, as in the check of a client.
 */
export async function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const inputs = noteRun(context, news)
  const declared = readDeclaration(inputs)
  const reasons = [...problemsOfPreflight(declared.preflight), ...problemsOfRules(declared)]
  const issuer = readIssuer(context, declared, reasons)
  const isNew = Object.keys(olds).length === 0
  if (isNew && issuer && reasons.length === 0) {
    const proof = (credential: Provable) => prove(context, credential, issuer)
    reasons.push(...(await proveNew(context, declared, issuer, proof)))
  }
  return { inputs, failures: reasons.map((reason) => ({ property: '', reason })) }
}

function problemsOfRules(declared: Readonly<Record<string, unknown>>): string[] {
  return judgeCredential(declared)
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
}

function readIssuer(
  context: Context,
  declared: Readonly<Record<string, unknown>>,
  reasons: string[],
): TokenIssuer | undefined {
  if (hasUnknown([declared.issuer, declared.authBaseUrl])) return undefined
  try {
    return issuerFor(context, declared)
  } catch (error) {
    if (!isExplained(error)) throw error
    const path = error instanceof IssuerError ? `${error.property}: ` : ''
    reasons.unshift(path + error.message)
    return undefined
  }
}
