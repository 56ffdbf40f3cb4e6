import { ConfigurationError } from '../errors.ts'
import { pscNames } from '../psc/profiles/known.ts'
import { forShell } from '../rules/config-path.ts'
import { listKnown, nearest } from '../rules/nearest.ts'
import { quote } from '../rules/text.ts'
import { say } from '../say.ts'
import {
  commandFor,
  type Configuration,
  isSetting,
  type SettingName,
  settingNames,
} from './configuration.ts'

/** Tells which other keys a stack's configuration may have. */
export interface OtherKeys {
  /** The project's name: the namespace of its own keys. */
  readonly project: string
  /** Keys that a secret refers to (`{ config }`), with their namespace. */
  readonly references: ReadonlySet<string>
  /** Whether a key under `psc:` may be the team's own, such as a secret. Then it is an error only if it is nearly a setting. */
  readonly mayBeOwn: (key: string) => boolean
  /** Every name that `psc:baseUrls` may have. Undefined if a program may declare others. */
  readonly pscs: readonly string[] | undefined
}

/**
 * Validates the keys of a stack's configuration.
 *
 * @param keys every key that is set, with its namespace.
 * @param baseUrls the value of `psc:baseUrls`.
 * @throws {ConfigurationError} for an unknown key under `psc:`, and for an unknown PSC in `psc:baseUrls`.
 * @returns the keys in the project's namespace that have the name of a setting.
 */
export function validateKeys(
  keys: readonly string[],
  baseUrls: Configuration['baseUrls'],
  other: OtherKeys,
): string[] {
  const misplaced: string[] = []
  for (const key of keys) {
    if (other.references.has(key)) continue
    const { namespace, name } = split(key)
    if (namespace === 'psc') validateName(key, name, other)
    else if (sameSetting(name) === undefined) continue
    else if (namespace === other.project) misplaced.push(key)
    else if (nearest(namespace.toLowerCase(), ['psc', 'pulumi-psc'], 2) !== undefined)
      throw new ConfigurationError(explainMisplaced(key))
  }
  for (const name of Object.keys(baseUrls)) validatePscName(name, other.pscs)
  return misplaced
}

/** Explains how to set the setting that a key in another namespace was meant for. */
export function explainMisplaced(key: string): string {
  const { name } = split(key)
  const meant = sameSetting(name) ?? 'manifest'
  return say`${printable(key)} has no effect: the setting is psc:${meant}. ${replace(key, meant)}`
}

function split(key: string): { namespace: string; name: string } {
  const colon = key.indexOf(':')
  return { namespace: key.slice(0, colon), name: key.slice(colon + 1) }
}

function validateName(key: string, name: string, { mayBeOwn }: OtherKeys): void {
  if (isSetting(name)) return
  const [first = '', ...rest] = name.split('.')
  if (rest.length > 0 && nearestSetting(first, 2) === 'baseUrls') {
    const set = setUrl(rest.join('.'))
    throw new ConfigurationError(
      say`psc:${printable(name)} has no effect: without --path, the dot is a part of the key. Run ${removal(key)}, then ${set}.`,
    )
  }
  const isLenient = mayBeOwn(key)
  const meant = nearestSetting(name, isLenient ? 2 : undefined)
  if (isLenient && meant === undefined) return
  const remedy =
    meant === undefined
      ? say`${listKnown(settingNames)} Run ${removal(key)}. Set a secret that a client refers to with --secret.`
      : say`Did you mean psc:${meant}? ${replace(key, meant)}`
  throw new ConfigurationError(say`unknown setting psc:${printable(name)}. ${remedy}`)
}

/** Finds the setting that a name spells in another way, such as `base-urls`. */
function sameSetting(name: string): SettingName | undefined {
  const [first = ''] = name.split('.')
  return settingNames.find((setting) => plain(setting) === plain(first))
}

/**
 * Finds the setting that a name misspells or abbreviates.
 *
 * @param furthest the most letters that may differ. Without it, an abbreviation counts too.
 */
export function nearestSetting(name: string, furthest?: number): SettingName | undefined {
  const same = sameSetting(name)
  if (same !== undefined) return same
  const meant = nearest(plain(name), settingNames.map(plain), furthest)
  if (meant !== undefined) return sameSetting(meant)
  return furthest === undefined ? abbreviated(name) : undefined
}

/** Finds the setting of which a name is the begin, such as `timeout`. */
function abbreviated(name: string): SettingName | undefined {
  const begin = plain(name)
  return begin.length < 4 ? undefined : settingNames.find((one) => plain(one).startsWith(begin))
}

/** Removes what people spell differently: case, hyphens, underscores. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z\d]/g, '')
}

function validatePscName(name: string, pscs: readonly string[] | undefined): void {
  const unknown = explainUnknownPsc(name, pscs)
  if (unknown === undefined) return
  const { sentences, meant } = unknown
  const remove = `\`pulumi config rm --path ${forShell(`psc:baseUrls.${name}`)}\``
  const remedy =
    meant === undefined ? say`Run ${remove}.` : say`Run ${remove}, then ${setUrl(meant)}.`
  throw new ConfigurationError(`psc:baseUrls: ${sentences} ${remedy}`)
}

/**
 * Explains a name that no PSC has. A remedy may follow.
 *
 * @param pscs every name that is possible. Undefined if a program may declare others: then only a misspelt one is explained.
 * @returns undefined for a usable name.
 */
export function explainUnknownPsc(
  name: string,
  pscs?: readonly string[],
): { readonly sentences: string; readonly meant: string | undefined } | undefined {
  const names = pscs ?? pscNames
  if (names.includes(name)) return undefined
  const meant = pscs ? nearest(name.toLowerCase(), names) : misspeltPsc(name)
  if (pscs === undefined && meant === undefined) return undefined
  const remedy = meant === undefined ? listKnown(names) : say`Did you mean ${meant}?`
  return { sentences: `${say`unknown PSC ${quote(name)}.`} ${remedy}`, meant }
}

/**
 * Finds the known PSC that a name misspells. A program may give a profile any name, so a name such as `neoid2` or
 * `neoid-test` is none.
 */
function misspeltPsc(name: string): string | undefined {
  if (pscNames.some((psc) => name.startsWith(psc) && /^[-_.\d]/.test(name.slice(psc.length)))) {
    return undefined
  }
  return nearest(plain(name), pscNames, 2)
}

function replace(key: string, meant: SettingName): string {
  return say`Run ${removal(key)}, then ${commandFor(meant)}.`
}

function removal(key: string): string {
  return `\`pulumi config rm ${forShell(key)}\``
}

function setUrl(psc: string): string {
  return `\`pulumi config set --path ${forShell(`psc:baseUrls.${psc}`)} https://…\``
}

function printable(text: string): string {
  return quote(text).slice(1, -1)
}
