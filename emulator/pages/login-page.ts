import type { Context } from 'hono'
import { html } from 'hono/html'
import { page } from './page.ts'

/**
 * Shows the login page of a PSC that wants a login before it looks at a request.
 *
 * @param query the authorization request
 * @param redirectUri where the browser may end after the login
 */
export function loginPage(
  c: Context,
  query: string,
  redirectUri: string | undefined,
): Response | Promise<Response> {
  return page(
    c,
    200,
    'Entrar',
    html` <h1>Entrar</h1>
      <p class="quiet">Este emulador deixa qualquer pessoa entrar.</p>
      <form method="post" action="${c.req.path}">
        <input type="hidden" name="query" value="${query}" />
        <div class="buttons"><button class="first">Entrar</button></div>
      </form>`,
    redirectUri,
  )
}
