/** Control and format characters, among them those that move a cursor or turn the direction of a text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Text of a file as it may be printed on a terminal, on one line: no control character reaches it raw. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === '\t') return ' '
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return `\\u{${code}}`
  })
}
