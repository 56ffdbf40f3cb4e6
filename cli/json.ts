/** Matches characters that JSON does not escape and that a terminal obeys: DEL, C1 controls, direction marks. */
const unprintable = /[\u007F-\u009F]|\p{Cf}|\p{Zl}|\p{Zp}/gu

/** Writes the JSON document of a command, without a control character. */
export function jsonText(document: object): string {
  return JSON.stringify(document, undefined, 2).replace(unprintable, escape)
}

/** Writes a JSON document on one line, as {@link jsonText} does. */
export function jsonLine(document: object): string {
  return JSON.stringify(document).replace(unprintable, escape)
}

function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
