import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { describeRegistration, registeredKeys } from './declaration.ts'
import { isFailed, isNextAttempt } from './failed.ts'
import { isRefreshed } from './read.ts'
import { pending } from './update.ts'

/** A change of what was registered, which only a second registration could carry out. */
export class RegistrationChangedError extends Error {
  override readonly name = 'RegistrationChangedError'
  readonly code = 'ERR_PSC_REGISTRATION_CHANGED'
}

/**
 * Refuses a change of what was registered: neither an update, which a PSC does not have here, nor a replacement, which
 * would register a second client, is what was meant. The certificate, its key and the number of the attempt do not
 * matter any more: a change of them is none.
 *
 * @throws {RegistrationChangedError}
 * @throws {RegistrationPendingError} after an attempt that failed, until the program asks for the next.
 */
export function diff(
  context: Context,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const kept = readDeclaration(olds)
  const declared = readDeclaration(news)
  if (isFailed(kept)) {
    // A refresh asks for it too and must not fail; the apply that follows in the same process still does.
    const isNext = isNextAttempt(kept, declared)
    if (!isNext && !isRefreshed(id)) return Promise.reject(pending(context, kept))
    return Promise.resolve({ changes: true })
  }
  const changed = registeredKeys.filter(
    (key) => hasUnknown(declared[key]) || !isDeepStrictEqual(kept[key], declared[key]),
  )
  if (changed.length === 0) return Promise.resolve({ changes: false })
  return Promise.reject(
    new RegistrationChangedError(
      [
        `${describeRegistration(kept)} is registered already, and ${changed.join(', ')} of its registration cannot change: registering again would make a second client.`,
        'A PscClient with the clientId and the clientSecret of this resource maintains its name, comments, email and redirectUris: change them there.',
        `Leave them here as they were registered, or give this resource the option ignoreChanges: [${changed.map((key) => `'${key}'`).join(', ')}].`,
        'For another PSC, declare another PscRegistration.',
      ].join(' '),
    ),
  )
}
