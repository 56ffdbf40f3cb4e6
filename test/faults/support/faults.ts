import type { FaultInput } from '../../../emulator/index.ts'

/** An operation of the table, by the emulator's name for what it asks. */
export type Asked = 'clientToken' | 'clientMaintenance' | 'token' | 'motorRce'

/** A fault as the emulator carries it out, whichever operation it is aimed at. */
type Script = FaultInput extends infer F
  ? F extends unknown
    ? Omit<F, 'operation'>
    : never
  : never

/** A row of the table. */
export interface Fault {
  readonly name: string
  /** Undefined: nothing listens at the address. */
  readonly script?: Script
  /** The operations that it makes sense for; default: all. */
  readonly only?: readonly Asked[]
  /** The server keeps the connection, and only the time limit ends it. */
  readonly hangs?: boolean
}

const tokens: readonly Asked[] = ['clientToken', 'token', 'motorRce']
const always = { times: 'always' } as const
const escape = '\u001b[2J\u001b]0;x\u0007'

const statuses: readonly Fault[] = [408, 425, 429, 500, 502, 503, 504].map((status) => ({
  name: `${status}, once`,
  script: { kind: 'answer', status },
}))

const refusals: Readonly<Record<string, readonly Asked[]>> = {
  CAMPO_OBRIGATORIO: ['clientToken'],
  VALOR_PARAMETRO_INVALIDO: ['clientToken'],
  CLIENTE_OAUTH_NAO_IDENTIFICADO: ['clientToken', 'clientMaintenance'],
  AUTENTICACAO_INVALIDA_CLIENT_OAUTH: ['clientToken'],
  FALHA_TOKEN_MANUTENCAO_APLICACAO: ['clientToken'],
  TOKEN_DE_ACESSO_INVALIDO: ['clientMaintenance'],
  MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO: ['clientMaintenance'],
  APLICACAO_OAUTH_NOME_JA_CADASTRADO: ['clientMaintenance'],
  CONTATO_EMAIL_INVALIDO: ['clientMaintenance'],
  PELO_MENOS_UMA_REDIRECT_URI: ['clientMaintenance'],
  URI_INVALIDA: ['clientMaintenance'],
  URI_HTTPS_OBRIGATORIO: ['clientMaintenance'],
  URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO: ['clientMaintenance'],
  MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL: ['clientMaintenance'],
  FALHA_MANUTENCAO_APLICACAO: ['clientMaintenance'],
  invalid_request: ['token'],
  unsupported_grant_type: ['token'],
  invalid_client: ['token'],
  invalid_grant: ['token'],
  server_error: ['token'],
  unauthorized_client: ['motorRce'],
}

/** Everything that goes wrong, in the order of the table. */
export const faults: readonly Fault[] = [
  ...statuses,
  { name: '503, always', script: { kind: 'answer', status: 503, ...always } },
  {
    name: '503 with `Retry-After: 2`, once',
    script: { kind: 'answer', status: 503, retryAfter: 2 },
  },
  {
    name: '503 with a `Retry-After` that is over, once',
    script: { kind: 'answer', status: 503, retryAfter: 'Mon, 02 Mar 2026 02:00:00 GMT' },
  },
  {
    name: '503 with `Retry-After: 3600`',
    script: { kind: 'answer', status: 503, retryAfter: 3600, ...always },
  },
  { name: '501, always', script: { kind: 'answer', status: 501, ...always } },
  { name: 'a page with 502, always', script: { kind: 'html', status: 502, ...always } },
  { name: 'a page with 200', script: { kind: 'html', status: 200, ...always } },
  { name: 'a page with 404', script: { kind: 'html', status: 404, ...always } },
  { name: 'an array with 415', script: { kind: 'array', status: 415, ...always } },
  { name: 'nothing with 200', script: { kind: 'answer', status: 200, ...always } },
  {
    name: 'JSON of the wrong types with 200',
    script: {
      kind: 'answer',
      status: 200,
      body: { access_token: 1, token_type: [], expires_in: {}, client_id: 1, name: null },
      ...always,
    },
  },
  {
    name: 'a redirect',
    script: { kind: 'redirect', location: 'https://outro.exemplo.com/', ...always },
  },
  { name: 'a body without an end, with 200', script: { kind: 'endless', ...always } },
  { name: 'a body without an end, with 503, once', script: { kind: 'endless', status: 503 } },
  { name: 'nobody listens' },
  {
    name: 'an answer in another protocol',
    script: { kind: 'raw', text: '220 smtp.exemplo.gov.br ESMTP\r\n', ...always },
  },
  {
    name: 'an answer with the status 099',
    script: {
      kind: 'raw',
      text: 'HTTP/1.1 099 Desconhecido\r\nContent-Length: 0\r\n\r\n',
      ...always,
    },
  },
  {
    name: 'the connection is closed before the request takes effect, once',
    script: { kind: 'drop' },
  },
  {
    name: 'the connection is closed after the request took effect, once',
    script: { kind: 'drop', when: 'after' },
  },
  {
    name: 'the connection is closed after the request took effect, always',
    script: { kind: 'drop', when: 'after', ...always },
  },
  {
    name: 'the connection is reset before the request takes effect, once',
    script: { kind: 'drop', reset: true },
  },
  { name: 'the connection is reset, always', script: { kind: 'drop', reset: true, ...always } },
  { name: 'the answer is cut off and the connection lost, once', script: { kind: 'truncated' } },
  {
    name: 'the answer is cut off and the connection lost, always',
    script: { kind: 'truncated', ...always },
  },
  {
    name: 'the answer is cut off and looks whole',
    script: { kind: 'truncated', framing: 'intact', ...always },
  },
  { name: 'no answer, once', script: { kind: 'hang' }, hangs: true },
  { name: 'no answer, always', script: { kind: 'hang', ...always }, hangs: true },
  {
    name: 'no answer after the request took effect, always',
    script: { kind: 'hang', when: 'after', ...always },
    hangs: true,
  },
  {
    name: 'the answer trickles, once',
    script: { kind: 'trickle', intervalMs: 3_600_000 },
    hangs: true,
  },
  {
    name: 'the answer trickles, always',
    script: { kind: 'trickle', intervalMs: 3_600_000, ...always },
    hangs: true,
  },
  {
    name: 'words that would act on a terminal',
    script: {
      kind: 'answer',
      status: 412,
      body: { code: `URI${escape}_INVALIDA`, msg: `falsa\r\n${escape}\u202elinha`, debug: escape },
      ...always,
    },
  },
  {
    name: 'a token with a line break',
    script: { kind: 'rewrite', set: { access_token: 'a\r\nX-Injected: b' }, ...always },
    only: tokens,
  },
  {
    name: 'a token of another type',
    script: { kind: 'rewrite', set: { token_type: 'MAC' }, ...always },
    only: tokens,
  },
  {
    name: 'no `expires_in`',
    script: { kind: 'rewrite', remove: ['expires_in'], ...always },
    only: tokens,
  },
  {
    name: '`expires_in: -1`',
    script: { kind: 'rewrite', set: { expires_in: -1 }, ...always },
    only: tokens,
  },
  {
    name: 'an echo with another name',
    script: { kind: 'rewrite', set: { name: 'Outro Nome' } },
    only: ['clientMaintenance'],
  },
  {
    name: 'an echo without redirect URIs',
    script: { kind: 'rewrite', remove: ['redirect_uris'] },
    only: ['clientMaintenance'],
  },
  {
    name: "an echo with another client's data",
    script: { kind: 'rewrite', set: { client_id: 'vizinho', name: 'Nome do Vizinho' } },
    only: ['clientMaintenance'],
  },
  {
    name: '`TOKEN_DE_ACESSO_INVALIDO`, once',
    script: { kind: 'error', code: 'TOKEN_DE_ACESSO_INVALIDO' },
    only: ['clientMaintenance'],
  },
  ...Object.entries(refusals).map(([code, only]): Fault => ({
    name: `\`${code}\``,
    script: { kind: 'error', code, ...always },
    only,
  })),
]
