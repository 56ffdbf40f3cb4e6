/** Lists the languages of the output. */
export const languages = ['en', 'pt'] as const

/** A language of the output: English, which is the source, or Brazilian Portuguese. */
export type Language = (typeof languages)[number]

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
