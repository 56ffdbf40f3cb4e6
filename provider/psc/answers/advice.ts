/**
 * What to do about each error code of SERPRO's application services, in one sentence.
 *
 * @see the API documents "Token de acesso de aplicação" (SerproID) and "Manutenção de aplicação" (NeoID)
 */
const advice = {
  CAMPO_OBRIGATORIO: 'A required field is empty: declare it and apply again.',
  VALOR_PARAMETRO_INVALIDO:
    'The PSC rejects the value of a parameter: compare the base URL and the client id with what the PSC gave you.',
  CLIENTE_OAUTH_NAO_IDENTIFICADO:
    'The PSC knows no client with this id: check clientId, and whether it was registered in this environment (production or homologation).',
  AUTENTICACAO_INVALIDA_CLIENT_OAUTH:
    'The client exists but its secret is another one: check what clientSecret refers to, or ask the PSC for a new secret.',
  FALHA_TOKEN_MANUTENCAO_APLICACAO:
    'The PSC failed while issuing the token: try again later; if it persists, tell its support.',
  TOKEN_DE_ACESSO_INVALIDO:
    'The PSC refused a new token as well: try again; if it persists, tell its support.',
  MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO:
    'The token belongs to another client: check that clientId and clientSecret belong together.',
  APLICACAO_OAUTH_NOME_JA_CADASTRADO:
    'Names are unique across the PSC and this one is taken: choose another name.',
  CONTATO_EMAIL_INVALIDO: 'Correct email: it must be an address that receives mail.',
  PELO_MENOS_UMA_REDIRECT_URI: 'Declare at least one redirect URI.',
  URI_INVALIDA: 'Correct the redirect URI that the PSC names.',
  URI_HTTPS_OBRIGATORIO: 'Every redirect URI must begin with https://.',
  URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO:
    'The host of the redirect URI is not among the subject alternative names of the certificate that the client was registered with: use one of its names, or register again with a certificate that has the host.',
  MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL:
    'This PSC does not let a client change its secret: ask its support for a new one.',
  FALHA_MANUTENCAO_APLICACAO:
    'The PSC failed while saving: apply again, the write can be repeated safely; if it persists, tell its support.',
} as const

/** The error codes that the documents of the application services list. */
export type PscErrorCode = keyof typeof advice

/** Every documented code. */
export const documentedCodes = Object.keys(advice) as readonly PscErrorCode[]

/** What to do about an error code; undefined for one that no document lists. */
export function adviceFor(code: string): string | undefined {
  return Object.hasOwn(advice, code) ? advice[code as PscErrorCode] : undefined
}
