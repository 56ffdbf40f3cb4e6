/** Maps an English template to that of another language: `the host {0} is not covered.` */
export type Catalogue = Readonly<Record<string, string>>

let catalogue: Catalogue = {}

/** Sets the language of every later sentence of this process. Without a call it is English, which is the source. */
export function speak(translations: Catalogue): void {
  catalogue = translations
}

type Value = string | number

/**
 * Says a sentence, or a part of one, in the language of this process. Its English text is the key of the translation, with
 * `{0}`, `{1}`, … in the place of its values. Without a translation it stays English.
 */
export function say(strings: TemplateStringsArray, ...values: readonly Value[]): string {
  const english = strings.reduce((text, part, index) => `${text}{${index - 1}}${part}`)
  // Only the placeholders of the template count: a value may contain "{0}".
  return translate(english).replace(/\{(\d+)\}/g, (whole, index: string) =>
    String(values[Number(index)] ?? whole),
  )
}

/** Makes a function that says a sentence, for tables that are made before the language is known. */
export function sayLater(strings: TemplateStringsArray, ...values: readonly Value[]): () => string {
  return () => say(strings, ...values)
}

/** Translates a text without values, such as the description of a field. */
export function translate(english: string): string {
  return Object.hasOwn(catalogue, english) ? (catalogue[english] ?? english) : english
}
