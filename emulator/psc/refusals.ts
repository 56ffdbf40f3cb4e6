import { type Answer, jsonAnswer } from '../http/exchange.ts'

/**
 * The application services' errors, with the documents' status and text. `...` is where the documents leave room for a field or
 * a value.
 *
 * @see "Lista de erros" of POST /client_token and of PUT /client_maintenance
 */
export const refusals = {
  CAMPO_OBRIGATORIO: [412, 'O campo ... é obrigatório'],
  VALOR_PARAMETRO_INVALIDO: [400, 'Valor do parâmetro ... inválido'],
  CLIENTE_OAUTH_NAO_IDENTIFICADO: [412, 'Não foi possível identificar a aplicação cliente.'],
  AUTENTICACAO_INVALIDA_CLIENT_OAUTH: [401, 'Falha na autenticidade do client_id e client_secret.'],
  FALHA_TOKEN_MANUTENCAO_APLICACAO: [
    500,
    'Erro interno na obtenção do token de manutenção da aplicação.',
  ],
  TOKEN_DE_ACESSO_INVALIDO: [401, 'Token de acesso não informado, inválido ou expirado'],
  MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO: [
    401,
    'A aplicação informada via client_id difere da aplicação da autorização.',
  ],
  APLICACAO_OAUTH_NOME_JA_CADASTRADO: [
    412,
    'Já existe uma aplicação cadastrada com o nome informado',
  ],
  CONTATO_EMAIL_INVALIDO: [412, 'E-mail informado inválido: ...'],
  PELO_MENOS_UMA_REDIRECT_URI: [412, 'Informe pelo menos 1 (uma) redirect URI'],
  URI_INVALIDA: [412, 'URI inválida: ...'],
  URI_HTTPS_OBRIGATORIO: [412, 'O protocolo da URI deve ser https: ...'],
  URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO: [
    412,
    'URI não deriva do conjunto de subject alternative names do certificado: ...',
  ],
  MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL: [
    400,
    'Alteração da client_secret não disponível, entre em contato com a nossa equipe de atendimento.',
  ],
  FALHA_MANUTENCAO_APLICACAO: [500, 'Erro interno na manutenção da aplicação.'],
} as const satisfies Record<string, readonly [status: number, msg: string]>

export type RefusalCode = keyof typeof refusals

/** A documented error, `detail` in the place of the document's dots. */
export function refuse(code: RefusalCode, detail = ''): Answer {
  const [status, msg] = refusals[code]
  return jsonAnswer(status, { code, msg: msg.replace('...', () => detail), debug: '' })
}

export function refuseByName(code: string, detail?: string): Answer | undefined {
  return isRefusalCode(code) ? refuse(code, detail) : undefined
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

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
