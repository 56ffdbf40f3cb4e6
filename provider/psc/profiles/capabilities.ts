import { ProfileError } from '../../errors.ts'
import { validateClientSecret } from '../../rules/client-secret.ts'
import { validateClient, type ValidateOptions } from '../../rules/client.ts'
import { formatPath, type Problem, refuse, warn } from '../../rules/problem.ts'
import { isRecord } from '../../rules/text.ts'
import { say, sayLater } from '../../say.ts'
import type { Capabilities, Deletion } from './fact.ts'
import { isPscName, knownPsc } from './known.ts'
import { readReference } from './profile-args.ts'
import type { PscProfile, Unconfirmed } from './profile.ts'

/** Finds what a client's declaration asks for and its PSC cannot do. Skips values that are not known yet. */
function validateCapabilities(
  profile: PscProfile,
  declared: Readonly<Record<string, unknown>>,
  { isWritten = true }: ValidateOptions,
): Problem[] {
  const { name } = profile
  const problems = validateOwnUris(profile, declared.redirectUris)
  if (!isWritten) return problems
  if (!profile.maintenance) {
    const message = say`${name} has no documented service that changes a client: change it where it was registered. Declare a TokenCredential to verify it. If your PSC has one, ${howToSet(profile, 'maintenance', true)}.`
    problems.unshift(refuse(['psc'], message, 'ERR_PSC_NO_MAINTENANCE'))
  } else if (declared.previousClientSecret != null && !profile.rotates) {
    const message = say`${name} does not let a client change its secret. Ask its support for a new one, store it where clientSecret refers to, and remove previousClientSecret.`
    const code = 'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL'
    problems.push(refuse(['previousClientSecret'], message, code))
  }
  return problems
}

/** Finds what a registration's declaration lacks or has in vain, by the way in which its PSC registers. */
export function validateByRegistration(
  profile: PscProfile,
  { certificate, privateKey, host }: Readonly<Record<string, unknown>>,
): Problem[] {
  const { name, registration } = profile
  if (registration === 'none') {
    const message = say`${name} has no documented service that registers a client: its credentials come from its web panel or its support. Declare a PscClient or a TokenCredential with them. If your PSC has one, ${howToSet(profile, 'registration', 'application')}.`
    return [refuse(['psc'], message, 'ERR_PSC_NO_REGISTRATION')]
  }
  if (registration === 'application') {
    return [
      ...(privateKey == null ? [] : [refuse(['privateKey'], needless(name), 'ERR_PSC_NOT_NEEDED')]),
      ...(host == null ? [] : [refuse(['host'], needless(name), 'ERR_PSC_NOT_NEEDED')]),
    ]
  }
  const problems: Problem[] = []
  if (profile.audience === undefined) {
    const message = say`${name} registers by a signed text, whose audience ("aud") is unknown. Set audience in the profile to the value in the PSC's documents.`
    problems.push(refuse(['psc'], message, 'ERR_PSC_PROFILE'))
  }
  if (certificate == null || (isRecord(certificate) && 'hosts' in certificate)) {
    const message = say`${name} registers by a certificate, so its names are not enough. Give { file } or { pem }.`
    problems.push(refuse(['certificate'], message, 'ERR_PSC_MISSING'))
  }
  return [...problems, ...validatePrivateKey(name, privateKey)]
}

function needless(name: string): string {
  return say`${name} registers without a signature and does not need it. Remove it.`
}

function validatePrivateKey(name: string, privateKey: unknown): Problem[] {
  const path = ['privateKey']
  if (privateKey == null) {
    const message = say`${name} registers by a text signed with the certificate's key. Give { env: NAME }, { file: PATH } or { config: KEY }.`
    return [refuse(path, message, 'ERR_PSC_MISSING')]
  }
  if (typeof privateKey !== 'string') return validateClientSecret(privateKey, path)
  const message = say`the value is the key itself, which would be stored in the state. Give { env: NAME }, { file: PATH } or { config: KEY }.`
  return [refuse(path, message, 'ERR_PSC_SECRET_IN_CLEAR')]
}

/** Finds declared redirect URIs that the PSC adds by itself. A second one does no harm. */
export function validateOwnUris({ name, ownUriSchemes }: PscProfile, uris: unknown): Problem[] {
  if (!Array.isArray(uris)) return []
  return uris.flatMap((uri: unknown, index) => {
    const scheme = typeof uri === 'string' ? /^([^:/?#]+):/.exec(uri)?.[1]?.toLowerCase() : ''
    if (scheme === undefined || !ownUriSchemes.includes(scheme)) return []
    const message = say`${name} adds ${scheme}:// by itself. Remove it.`
    return [warn(['redirectUris', index], message, 'WARN_PSC_URI_OF_PSC')]
  })
}

/** Says how to correct a wrong value of a profile. */
function howToSet({ name }: PscProfile, key: keyof Capabilities, value: unknown): string {
  const set = `${key}: ${String(value)}`
  return isPscName(name)
    ? say`set it in the profile: psc ${`{ extends: ${name}, ${set} }`}, or ${key} under pscs.${name} of the manifest`
    : say`set ${set} in its profile, or under pscs.${name} of the manifest`
}

/** Lists, of the values with these keys, those that no PSC has confirmed; undefined when there are none. */
export function describeUnconfirmed(
  profile: PscProfile,
  keys: readonly Unconfirmed['key'][],
): string | undefined {
  const used = profile.unconfirmed.filter(({ key }) => keys.includes(key))
  if (used.length === 0) return undefined
  const list = used.map(
    ({ key, fact }) => `${key} ${JSON.stringify(fact.value)} (${fact.mark}: ${fact.source})`,
  )
  return say`${profile.name} has not confirmed ${list.join('; ')}. Compare this with its documents. Values that you set in a profile, or under pscs in the manifest, count as confirmed.`
}

/** Validates a client by the rules and, where its PSC is known, by what the PSC can do. */
export function validateAtPsc(
  profile: PscProfile | undefined,
  client: Readonly<Record<string, unknown>>,
  options: ValidateOptions,
): Problem[] {
  const ofPsc = profile ? validateCapabilities(profile, client, options) : []
  return preferPscProblems(ofPsc, validateByRule(profile, client, options))
}

/**
 * Validates a client by the rules, with the PSC's rule for redirect URIs. While the PSC is unknown, the widest rule applies,
 * so that nothing is refused that the PSC may accept.
 */
export function validateByRule(
  profile: PscProfile | undefined,
  client: Readonly<Record<string, unknown>>,
  options: ValidateOptions,
): Problem[] {
  const redirectUriRule = profile?.redirectUriRule ?? 'https-or-loopback'
  const problems = validateClient(client, { ...options, redirectUriRule })
  if (!profile || redirectUriRule === 'https-or-loopback') return problems
  if (!profile.unconfirmed.some(({ key }) => key === 'redirectUriRule')) return problems
  const remedy = say`If ${profile.name} accepts http on this machine, ${howToSet(profile, 'redirectUriRule', 'https-or-loopback')}.`
  return problems.map((problem) =>
    problem.code === 'URI_HTTPS_OBRIGATORIO'
      ? { ...problem, message: `${problem.message} ${remedy}` }
      : problem,
  )
}

/** Joins the problems with a PSC's capabilities and those of the rules. At the same path only the PSC's is kept: it says more. */
export function preferPscProblems(
  ofPsc: readonly Problem[],
  ofRules: readonly Problem[],
): Problem[] {
  const paths = new Set(ofPsc.map(({ path }) => formatPath(path)))
  return [...ofPsc, ...ofRules.filter(({ path }) => !paths.has(formatPath(path)))]
}

const deletionAdvice: Readonly<Record<Deletion, () => string>> = {
  service: sayLater`The PSC's documents describe how to delete it, if no application uses it.`,
  none: sayLater`No known document describes a deletion. Ask its support, if no application uses it.`,
  unknown: sayLater`It is not known how this PSC deletes it. Ask its support, if no application uses it.`,
}

/** Says what is known of the deletion of a client, in sentences. Never throws. */
export function describeDeletion(reference: unknown): string {
  return deletionAdvice[deletionOf(reference)]()
}

function deletionOf(reference: unknown): Deletion {
  try {
    const { name, extends: extended = name, deletion } = readReference(reference)
    if (deletion !== undefined) return deletion
    return isPscName(extended) ? knownPsc(extended).capabilities.deletion.value : 'unknown'
  } catch (error) {
    if (error instanceof ProfileError) return 'unknown'
    throw error
  }
}
