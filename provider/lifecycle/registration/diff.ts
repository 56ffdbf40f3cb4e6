import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { describeRegistration, registeredKeys } from './declaration.ts'
import { isLost, RegistrationInDoubtError } from './lost.ts'

/** A change of what was registered, which only a second registration could carry out. */
export class RegistrationChangedError extends Error {
  override readonly name = 'RegistrationChangedError'
  readonly code = 'ERR_PSC_REGISTRATION_CHANGED'
}

/**
 * Refuses a change of what was registered: neither an update, which a PSC does not have here, nor a replacement, which
 * would register a second client, is what was meant. The certificate and its key are not needed any more: a change of
 * them is none.
 *
 * @throws {RegistrationChangedError}
 * @throws {RegistrationInDoubtError}
 */
export function diff(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const kept = readDeclaration(olds)
  const declared = readDeclaration(news)
  if (isLost(kept)) {
    return Promise.reject(new RegistrationInDoubtError(kept, context.profile(kept.psc).name))
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
