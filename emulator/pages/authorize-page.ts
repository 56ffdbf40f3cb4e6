import type { Context } from 'hono'
import { html } from 'hono/html'
import {
  type AuthorizationRequest,
  type Holder,
  type HolderType,
  holderTypes,
  periods,
  type Scope,
} from '../psc/grants.ts'
import type { RegisteredClient } from '../psc/clients.ts'
import { type Html, page } from './page.ts'

export interface AuthorizeView {
  readonly client: RegisteredClient
  readonly request: AuthorizationRequest
  /** The id of the request in the form. */
  readonly id: string
  readonly holders: readonly Holder[]
  /** The address of the form. */
  readonly action: string
  /** What the last attempt left out. */
  readonly problem?: string
}

const meanings: Readonly<Record<Scope, string>> = {
  single_signature: 'Assinar um documento',
  multi_signature: 'Assinar vários documentos de uma vez',
  signature_session: 'Assinar documentos durante um período',
  authentication_session: 'Confirmar a sua identidade',
}

const kinds: Readonly<Record<HolderType, string>> = {
  CPF: 'Pessoa Física',
  CNPJ: 'Pessoa Jurídica',
}

/** Shows the page on which a person agrees or refuses. It works without JavaScript and without style sheets. */
export function authorizePage(c: Context, view: AuthorizeView): Response | Promise<Response> {
  const { client, request, problem } = view
  const { host } = new URL(request.redirectUri)
  return page(
    c,
    problem === undefined ? 200 : 400,
    `Autorizar ${client.name}`,
    html` <h1>Autorizar ${client.name}?</h1>
      <p class="quiet">${client.comments}</p>
      <dl>
        <div>
          <dt>O que a aplicação pede</dt>
          <dd>${meanings[request.scope]} <code>(${request.scope})</code></dd>
        </div>
        <div>
          <dt>Para onde você volta depois</dt>
          <dd>${host}</dd>
        </div>
      </dl>
      ${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}
      ${form(view)}`,
    request.redirectUri,
  )
}

function form({ action, id, request, holders }: AuthorizeView): Html {
  const session = request.scope === 'signature_session'
  return html` <form method="post" action="${action}">
    <input type="hidden" name="request" value="${id}" />
    <input type="hidden" name="client_id" value="${request.clientId}" />
    <fieldset>
      <legend>Titular do certificado</legend>
      ${holders.map(choice)}
    </fieldset>
    ${session ? holderTypes.filter((type) => holders.some((one) => one.type === type)).map(periodChoice) : ''}
    <div class="buttons">
      <button class="first" name="decision" value="authorize">Autorizar</button>
      <button name="decision" value="refuse" formnovalidate>Recusar</button>
    </div>
  </form>`
}

function choice({ type, identification, name }: Holder): Html {
  return html`<label class="choice">
    <input type="radio" name="holder" value="${identification}" data-type="${type}" required />
    <span>${name}<small>${kinds[type]} · ${type} ${punctuate(type, identification)}</small></span>
  </label> `
}

function periodChoice(type: HolderType): Html {
  const name = `period_${type.toLowerCase()}`
  return html`<div class="period ${type.toLowerCase()}">
    <label class="label" for="${name}">Por quanto tempo, se for ${kinds[type]}</label>
    <select id="${name}" name="${name}">
      ${periods[type].map(({ label, seconds }) => html`<option value="${seconds}">${label}</option>`)}
    </select>
  </div> `
}

/** 111.111.111-11, 11.222.333/0001-81 */
function punctuate(type: HolderType, identification: string): string {
  return type === 'CPF'
    ? identification.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4')
    : identification.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5')
}
