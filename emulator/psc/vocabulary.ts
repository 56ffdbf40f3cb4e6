import { jsonAnswer } from '../http/exchange.ts'
import type { Answer } from '../http/exchange.ts'
import { refuse, refuseByName } from './refusals.ts'
import type { RefusalCode } from './refusals.ts'

/** In which words a PSC refuses. */
export interface Vocabulary {
  readonly refuse: (code: RefusalCode, detail?: string) => Answer
  /** A refusal by the PSC's own word for it; `undefined` for a word that it does not have. */
  readonly byName: (code: string, detail?: string) => Answer | undefined
}

/** `{code, msg, debug}`, as SERPRO documents it. */
export const serproVocabulary: Vocabulary = { refuse, byName: refuseByName }

/**
 * `{error, error_description}`: other PSCs' documents name no codes, so these are the words of RFC 6749, section 5.2, RFC 6750,
 * section 3.1 and RFC 7591, section 3.2.2.
 */
const errors = {
  CAMPO_OBRIGATORIO: [400, 'invalid_request'],
  VALOR_PARAMETRO_INVALIDO: [400, 'invalid_request'],
  CLIENTE_OAUTH_NAO_IDENTIFICADO: [401, 'invalid_client'],
  AUTENTICACAO_INVALIDA_CLIENT_OAUTH: [401, 'invalid_client'],
  FALHA_TOKEN_MANUTENCAO_APLICACAO: [500, 'server_error'],
  TOKEN_DE_ACESSO_INVALIDO: [401, 'invalid_token'],
  MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO: [403, 'access_denied'],
  APLICACAO_OAUTH_NOME_JA_CADASTRADO: [400, 'invalid_client_metadata'],
  CONTATO_EMAIL_INVALIDO: [400, 'invalid_client_metadata'],
  PELO_MENOS_UMA_REDIRECT_URI: [400, 'invalid_redirect_uri'],
  URI_INVALIDA: [400, 'invalid_redirect_uri'],
  URI_HTTPS_OBRIGATORIO: [400, 'invalid_redirect_uri'],
  URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO: [400, 'invalid_redirect_uri'],
  MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL: [400, 'invalid_request'],
  FALHA_MANUTENCAO_APLICACAO: [500, 'server_error'],
} as const satisfies Record<RefusalCode, readonly [status: number, error: string]>

export const oauthVocabulary: Vocabulary = {
  refuse(code, detail = '') {
    const [status, error] = errors[code]
    return describe(status, error, detail)
  },
  byName(code, detail = '') {
    const found = Object.values(errors).find(([, error]) => error === code)
    return found && describe(found[0], code, detail)
  },
}

function describe(status: number, error: string, detail: string): Answer {
  return jsonAnswer(status, { error, error_description: detail === '' ? error : detail })
}
