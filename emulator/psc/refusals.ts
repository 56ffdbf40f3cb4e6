/**
 * Lists the errors of the application services with the documents' status and text. `...` stands for a field or a value.
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

/** How a PSC words its refusals. */
export interface Vocabulary {
  /** @param detail takes the place of the dots in the document's text */
  readonly refuse: (code: RefusalCode, detail?: string) => Response
  /** Refuses with a code of the PSC's own. Returns `undefined` for a code that the PSC does not have. */
  readonly byName: (code: string, detail?: string) => Response | undefined
}

/** `{code, msg, debug}`, as SERPRO documents it. */
export const serproVocabulary: Vocabulary = {
  refuse(code, detail = '') {
    const [status, msg] = refusals[code]
    return Response.json({ code, msg: msg.replace('...', () => detail), debug: '' }, { status })
  },
  byName(code, detail) {
    return Object.hasOwn(refusals, code)
      ? serproVocabulary.refuse(code as RefusalCode, detail)
      : undefined
  },
}

/**
 * The codes for `{error, error_description}`. The documents of the other PSCs name no codes, so these come from RFC 6749,
 * section 5.2, RFC 6750, section 3.1, and RFC 7591, section 3.2.2.
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

function describe(status: number, error: string, detail: string): Response {
  return Response.json({ error, error_description: detail === '' ? error : detail }, { status })
}
