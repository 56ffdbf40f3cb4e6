import * as pulumi from '@pulumi/pulumi'
import { resolveProfile } from '../psc/profiles/profile.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { judgeClient } from '../rules/client.ts'
import { createDuplicateJudge } from '../rules/duplicates.ts'
import { describeProblem, type Problem } from '../rules/problem.ts'
import { configuredBaseUrls } from './configured.ts'
import { perStack } from './per-stack.ts'

const duplicateJudge = perStack(createDuplicateJudge)

/**
 * What the rules find, of which the program shows the warnings under the resource. The rules' errors are left to the provider's
 * check, which stops the preview with them.
 *
 * @param known a client's arguments, with `unknownValue` where they are not known yet.
 * @param certificate what was read from a PEM, with its beginning of validity, which is not kept.
 */
export function rulesProblems(
  known: Readonly<Record<string, unknown>>,
  certificate: CertificateNames | undefined,
): Problem[] {
  const days = new pulumi.Config('psc').getNumber('certificateExpiryWarningDays')
  const declared = certificate ? { ...known, certificate } : known
  const options = {
    now: new Date(),
    ...(days !== undefined && { certificateExpiryWarningDays: days }),
  }
  return judgeClient(declared, options)
}

/** What is wrong only beside the other resources, so that only the program can see it. */
export function duplicatesOf(label: string, known: Readonly<Record<string, unknown>>): Problem[] {
  const psc = identify(known.psc)
  if (psc === undefined) return []
  const { clientId, name } = known
  return duplicateJudge()({ psc, clientId, name, label: `"${label}"` })
}

/** The problems of one severity, as they are shown. */
export function describe(problems: readonly Problem[], severity: Problem['severity']): string[] {
  return problems.filter((problem) => problem.severity === severity).map(describeProblem)
}

/** The same text for the same PSC: the address where it is maintained. */
function identify(psc: unknown): string | undefined {
  try {
    return resolveProfile(psc, configuredBaseUrls()).baseUrl
  } catch {
    // The provider's check says what is wrong with it, or with the configuration.
    return undefined
  }
}
