/** Text that is HTML already. Only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string
}

type Value = string | number | Html | readonly Html[]

/** A piece of a page: whatever is inserted is escaped, unless it is a piece itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: String.raw({ raw: parts }, ...values.map(toMarkup)) }
}

/** For the emulator's own constants, never for what came from outside. */
export function trusted(markup: string): Html {
  return { markup }
}

function toMarkup(value: Value): string {
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map(toMarkup).join('')
  }
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
