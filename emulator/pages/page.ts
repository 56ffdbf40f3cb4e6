import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { style } from './style.ts'

const styleHash = createHash('sha256').update(style).digest('base64')

/** One piece, because every space changes the digest. */
const styleElement = raw(`<style>${style}</style>`)

export type Html = ReturnType<typeof html>

interface PageOptions {
  /** Default: Portuguese, the language of a PSC's pages. */
  readonly lang?: 'pt-BR' | 'en'
  readonly footer?: string
  /** Whether the content has tables. */
  readonly wide?: boolean
}

/**
 * Answers with a page that loads nothing, runs nothing and cannot be framed.
 *
 * @param formTarget where, besides this server, the browser may end after a form
 */
export function page(
  c: Context,
  status: 200 | 400 | 500,
  title: string,
  content: Html,
  formTarget?: string,
  {
    lang = 'pt-BR',
    footer = 'Emulador para testes: nenhuma pessoa, empresa ou certificado é real.',
    wide = false,
  }: PageOptions = {},
): Response | Promise<Response> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self'${formTarget === undefined ? '' : ` ${sourceOf(formTarget)}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  const document = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main class="${wide ? 'wide' : ''}">${content}</main>
        <footer>${footer}</footer>
      </body>
    </html> `
  return c.html(document, status, {
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
}

/** Names the origin of a URI in a content security policy, which cannot name an IPv6 address. */
function sourceOf(uri: string): string {
  const { origin, protocol } = new URL(uri)
  return origin.includes('[') || origin === 'null' ? protocol : origin
}

/** Shows an error that the application must not see, because its redirect URI is not known to be its own. */
export function errorPage(
  c: Context,
  status: 400 | 500,
  reason: string,
): Response | Promise<Response> {
  return page(
    c,
    status,
    'Não foi possível autorizar',
    html` <h1>Não foi possível autorizar</h1>
      <p class="problem" role="alert">${reason}</p>
      <p>Por segurança, você não foi enviado de volta à aplicação. Avise quem cuida dela.</p>`,
  )
}
