import * as pulumi from '@pulumi/pulumi'
import { resolveProfile } from '../psc/profile.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { judgeClient } from '../rules/client.ts'
import { createDuplicateJudge, type DuplicateJudge } from '../rules/duplicates.ts'
import { formatPath } from '../rules/problem.ts'

/** One judge per stack: a program of the Automation API may run several in one process. */
const duplicateJudges = new WeakMap<object, DuplicateJudge>()
const withoutStack = {}

/** What only the program can see of a client, and what it shows under the resource. */
export interface ProgramJudgement {
  readonly warnings: readonly string[]
  readonly errors: readonly string[]
}

/**
 * Judges a client inside the user's program: the warnings of the rules, and the errors that need the other
 * resources. The rules' errors are left to the provider's check, which stops the preview with them.
 *
 * @param known its arguments, with `unknownValue` where they are not known yet.
 * @param certificate what was read from a PEM, with its beginning of validity, which is not kept.
 */
export function judgeInProgram(
  label: string,
  known: Readonly<Record<string, unknown>>,
  certificate: CertificateNames | undefined,
): ProgramJudgement {
  const days = new pulumi.Config('psc').getNumber('certificateExpiryWarningDays')
  const declared = certificate ? { ...known, certificate } : known
  const options = {
    now: new Date(),
    ...(days !== undefined && { certificateExpiryWarningDays: days }),
  }
  const psc = identify(known.psc)
  const duplicates =
    psc === undefined
      ? []
      : duplicateJudge()({ psc, clientId: known.clientId, name: known.name, label: `"${label}"` })
  const problems = [...judgeClient(declared, options), ...duplicates]
  const text = ({ path, code, message }: (typeof problems)[number]) =>
    `${formatPath(path)}: ${code ? `${code}: ` : ''}${message}`
  return {
    warnings: problems.filter(({ severity }) => severity === 'warning').map(text),
    errors: duplicates.filter(({ severity }) => severity === 'error').map(text),
  }
}

function duplicateJudge(): DuplicateJudge {
  const stack = pulumi.runtime.getStackResource() ?? withoutStack
  let judge = duplicateJudges.get(stack)
  if (!judge) duplicateJudges.set(stack, (judge = createDuplicateJudge()))
  return judge
}

/** The same text for the same PSC: the address where it is maintained. */
function identify(psc: unknown): string | undefined {
  try {
    return resolveProfile(psc).baseUrl
  } catch {
    // The provider's check says what is wrong with it.
    return undefined
  }
}
