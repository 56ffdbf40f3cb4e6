import { checkBaseUrl, ProfileError } from '../psc/profile.ts'
import type { Problem, PropertyPath } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import { baseUrlPattern } from './schema.ts'

/** Judges a base URL by the rule that a profile's is judged by. */
export function judgeBaseUrl(text: string, path: PropertyPath): Problem[] {
  if (!baseUrlPattern.test(text)) {
    return [
      refuse(
        path,
        'The base URL must begin with https:// and have neither a query nor a fragment.',
      ),
    ]
  }
  try {
    checkBaseUrl(text, '')
    return []
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    return [refuse(path, error.message.replace(/^the base URL of ""/, 'The base URL') + '.')]
  }
}
