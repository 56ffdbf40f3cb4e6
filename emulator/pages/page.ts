import { createHash } from 'node:crypto'
import type { Answer } from '../http/exchange.ts'
import { html, trusted } from './html.ts'
import type { Html } from './html.ts'
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
