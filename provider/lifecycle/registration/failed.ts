import type { FailedRegistration } from './declaration.ts'

/** Whether the engine keeps an attempt that failed. */
export function isFailed(kept: object): kept is FailedRegistration {
  return 'failed' in kept && (kept.failed === 'lost' || kept.failed === 'refused')
}

/** Whether the program asks for another attempt than the one that failed. */
export function isNextAttempt(
  kept: FailedRegistration,
  declared: Readonly<Record<string, unknown>>,
): boolean {
  return typeof declared.attempt === 'number' && declared.attempt > kept.attempt
}
