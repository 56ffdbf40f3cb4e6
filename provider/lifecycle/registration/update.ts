import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { isLost, RegistrationInDoubtError } from './lost.ts'

/**
 * Called for a registration that an earlier run left in doubt; never registers anything.
 *
 * @throws {RegistrationInDoubtError}
 */
export function update(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  const kept = readDeclaration(olds)
  if (isLost(kept)) {
    return Promise.reject(new RegistrationInDoubtError(kept, context.profile(kept.psc).name))
  }
  return Promise.resolve({ outs: kept })
}
