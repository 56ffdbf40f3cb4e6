import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { attempt } from './create.ts'
import type { FailedRegistration } from './declaration.ts'
import { isFailed, isNextAttempt } from './failed.ts'
import { RegistrationPendingError } from './failure.ts'

/**
 * Called for an attempt that failed: makes the next one, if the program says so. What is registered is left alone.
 *
 * @throws {RegistrationPendingError} while the number of the attempt is the same.
 * @throws what {@link attempt} throws.
 */
export async function update(
  context: Context,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  const kept = readDeclaration(olds)
  if (!isFailed(kept)) return { outs: kept }
  if (isNextAttempt(kept, news)) return { outs: await attempt(context, id, news) }
  throw pending(context, kept)
}

/** Says how to go on after an attempt that failed. */
export function pending(context: Context, kept: FailedRegistration): RegistrationPendingError {
  return new RegistrationPendingError(kept.failed, kept, context.profile(kept.psc).name)
}
