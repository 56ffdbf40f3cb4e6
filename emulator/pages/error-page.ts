import type { Answer } from '../http/exchange.ts'
import { html, page } from './page.ts'

/** For what must not be told to an application, because it is not known where it lives. */
export function errorPage(status: number, reason: string): Answer {
  return page(
    status,
    'Não foi possível autorizar',
    html` <h1>Não foi possível autorizar</h1>
      <p class="problem" role="alert">${reason}</p>
      <p>Por segurança, você não foi enviado de volta à aplicação. Avise quem cuida dela.</p>`,
  )
}
