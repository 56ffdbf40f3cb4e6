import { speak } from '../provider/say.ts'

/** Lists the languages of the output. */
export const languages = ['en', 'pt'] as const

/** A language of the output: English, which is the source, or Brazilian Portuguese. */
export type Language = (typeof languages)[number]

let spoken: Language = 'en'

/** Returns the language of this process. */
export function spokenLanguage(): Language {
  return spoken
}

/** Sets the language of this process: that of `--lang`, else of the environment, else English. */
export async function speakAsAsked(
  argv: readonly string[],
  env: Readonly<Partial<Record<string, string>>>,
): Promise<void> {
  spoken = languageOf(argv) ?? languageOfLocale(env)
  if (spoken === 'en') return
  const { portuguese } = await import('./portuguese/index.ts')
  speak(portuguese)
}

/** Reads `--lang` before the commands are made, because their help needs it. Commander refuses a wrong one. */
function languageOf(argv: readonly string[]): Language | undefined {
  const given = argv.flatMap((arg, index) =>
    arg === '--lang' ? (argv[index + 1] ?? []) : arg.startsWith('--lang=') ? arg.slice(7) : [],
  )
  return languages.find((language) => language === given.at(-1))
}

/** @see POSIX.1-2024, XBD 8.2: the first of them that is not empty counts */
function languageOfLocale(env: Readonly<Partial<Record<string, string>>>): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value)
  return locale !== undefined && /^pt(?![a-z])/i.test(locale) ? 'pt' : 'en'
}

/** The locales of dates and numbers. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', pt: 'pt-BR' }

/**
 * Types a catalogue in another language by the English one: the same keys, and functions of the same arguments. The
 * compiler refuses a catalogue that lacks a key or has one of its own.
 */
export type Translated<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Source[Key] extends string
      ? string
      : Translated<Source[Key]>
}

/** Returns a function that writes a count with its noun: `1 client`, `1,000 clients`. */
export function countIn(language: Language): (count: number, one: string, other: string) => string {
  const plural = new Intl.PluralRules(locales[language])
  const number = new Intl.NumberFormat(locales[language])
  return (count, one, other) =>
    `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`
}
