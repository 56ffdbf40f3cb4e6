import { createHash } from 'node:crypto'
import type { Answer } from '../http/exchange.ts'
import { style } from './style.ts'

const styleHash = createHash('sha256').update(style).digest('base64')

/** Made in one piece, because its digest depends on every space. */
const styleElement = trusted(`<style>${style}</style>`)

/**
 * A whole page in Portuguese that loads nothing, runs nothing and cannot be framed.
 *
 * @param formTargets origins that a form on the page may end at, besides this server
 */
export function page(
  status: number,
  title: string,
  content: Html,
  formTargets: readonly string[] = [],
): Answer {
  const { markup } = html`<!doctype html>
    <html lang="pt-BR">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>${content}</main>
        <footer>Emulador para testes: nenhuma pessoa, empresa ou certificado é real.</footer>
      </body>
    </html> `
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: markup,
  }
}

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
