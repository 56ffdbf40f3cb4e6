import type { dynamic } from '@pulumi/pulumi'
import { judgeCapabilities } from '../psc/profiles/capabilities.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { issuerOf } from '../psc/tokens/issuer.ts'
import { judgeClient } from '../rules/client.ts'
import { describeProblem, formatPath } from '../rules/problem.ts'
import { unknownValue } from '../rules/unknown.ts'
import type { Context } from './context.ts'
import { type ClientInputs, hasUnknown, readDeclaration } from './declaration.ts'
import { isExplained } from './error.ts'
import { noteRun, problemsOfPreflight, proveNew } from './preflight.ts'
import { announceLimits, type ProvableClient, proveClient } from './prove-client.ts'

/**
 * Judges a declaration by every rule that what is known allows, and proves a client that is not in the state
 * yet, because the engine calls no diff for it, unless the program does. Never rewrites what was declared.
 *
 * A failure's `property` stays empty and its path begins the reason: the engine prints the value of the
 * property that is named there, a secret's in the clear.
 */
export async function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const inputs = noteRun(context, news)
  const declared = readDeclaration(inputs)
  const reasons = problemsOfProgram(declared.problems)
  // A certificate that the program could not read is judged like one that is not known yet.
  if (reasons.length > 0) declared.certificate ??= unknownValue
  reasons.push(...problemsOfPreflight(declared.preflight))
  const profile = readProfile(context, declared.psc, reasons)
  reasons.push(...problemsOfRules(declared, olds, profile))
  const isNew = Object.keys(olds).length === 0
  if (isNew && profile && reasons.length === 0) {
    reasons.push(...(await proveNewClient(context, declared, profile)))
  }
  return { inputs, failures: reasons.map((reason) => ({ property: '', reason })) }
}

/** What only the user's program could see: a certificate that cannot be read, a client declared twice. */
function problemsOfProgram(problems: unknown): string[] {
  return Array.isArray(problems) ? problems.filter((problem) => typeof problem === 'string') : []
}

function problemsOfRules(
  declared: Readonly<Record<string, unknown>>,
  olds: Readonly<Record<string, unknown>>,
  profile: PscProfile | undefined,
): string[] {
  const { certificate } = readDeclaration(olds) as Partial<ClientInputs>
  const previousHosts = certificate ? { previousHosts: certificate.hosts } : {}
  const ofPsc = profile ? judgeCapabilities(profile, declared) : []
  const paths = new Set(ofPsc.map(({ path }) => formatPath(path)))
  const ofRules = judgeClient(declared, { now: new Date(), ...previousHosts })
  // Warnings are shown under the resource by the program itself.
  return [...ofPsc, ...ofRules.filter(({ path }) => !paths.has(formatPath(path)))]
    .filter(({ severity }) => severity === 'error')
    .map(describeProblem)
}

function readProfile(context: Context, psc: unknown, reasons: string[]): PscProfile | undefined {
  if (hasUnknown(psc)) return undefined
  try {
    return context.profile(psc)
  } catch (error) {
    if (!isExplained(error)) throw error
    reasons.unshift(error.code === 'ERR_PSC_PROFILE' ? `psc: ${error.message}` : error.message)
    return undefined
  }
}

async function proveNewClient(
  context: Context,
  declared: Readonly<Record<string, unknown>>,
  profile: PscProfile,
): Promise<string[]> {
  const client = declared as unknown as ProvableClient
  if (hasUnknown([client.clientSecret, client.previousClientSecret, client.preflight])) return []
  announceLimits(context, client, profile)
  return proveNew(context, declared, issuerOf(profile), () => proveClient(context, client, profile))
}
