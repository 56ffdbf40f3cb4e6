import { say, sayLater } from '../say.ts'

/**
 * Says what to do about an error code, in one sentence; undefined where the status says enough. The code is empty for an
 * answer without one.
 */
export type Advisor = (code: string, status: number) => string | undefined

/**
 * The error codes of the application services.
 *
 * @see the API documents "Token de acesso de aplicação" (SerproID) and "Manutenção de aplicação" (NeoID)
 */
const applicationAdvice = {
  CAMPO_OBRIGATORIO: sayLater`A required field is empty: declare it and apply again.`,
  VALOR_PARAMETRO_INVALIDO: sayLater`The PSC rejects the value of a parameter: compare the base URL and the client id with what the PSC gave you.`,
  CLIENTE_OAUTH_NAO_IDENTIFICADO: sayLater`The PSC knows no client with this id: check clientId, and whether it was registered in this environment (production or homologation).`,
  AUTENTICACAO_INVALIDA_CLIENT_OAUTH: sayLater`The client exists, but the PSC refuses its secret: check what clientSecret refers to, or ask the PSC for a new secret.`,
  FALHA_TOKEN_MANUTENCAO_APLICACAO: sayLater`The PSC failed while issuing the token: try again later; if it persists, tell its support.`,
  TOKEN_DE_ACESSO_INVALIDO: sayLater`The PSC refused a new token as well: try again; if it persists, tell its support.`,
  MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO: sayLater`The token belongs to another client: check that clientId and clientSecret belong together.`,
  APLICACAO_OAUTH_NOME_JA_CADASTRADO: sayLater`Names are unique across the PSC and this one is taken: choose another name.`,
  CONTATO_EMAIL_INVALIDO: sayLater`Correct email: it must be an address that receives mail.`,
  PELO_MENOS_UMA_REDIRECT_URI: sayLater`Declare at least one redirect URI.`,
  URI_INVALIDA: sayLater`Correct the redirect URI that the PSC names.`,
  URI_HTTPS_OBRIGATORIO: sayLater`Every redirect URI must begin with https://.`,
  URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO: sayLater`The host of the redirect URI is not among the subject alternative names of the certificate that the client was registered with: use one of its names, or register again with a certificate that has the host.`,
  MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL: sayLater`This PSC does not let a client change its secret: ask its support for a new one.`,
  FALHA_MANUTENCAO_APLICACAO: sayLater`The PSC failed while saving: apply again, the write can be repeated safely; if it persists, tell its support.`,
} as const

/** An error code that the documents of the application services list. */
export type PscErrorCode = keyof typeof applicationAdvice

/** Every {@link PscErrorCode}. */
export const documentedCodes = Object.keys(applicationAdvice) as readonly PscErrorCode[]

/**
 * The error codes of the OAuth services.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export const oauthCodes = [
  'access_denied',
  'insufficient_scope',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'invalid_token',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
] as const

const listed = new Set<string>([...documentedCodes, ...oauthCodes])

/** Tells whether an API document or a standard lists an error code. */
export function isDocumentedCode(code: string): boolean {
  return listed.has(code)
}

/** Makes an advisor of a table. A gateway may put any word beside its own failure: there, the status says enough. */
export function adviceOf(advice: Readonly<Record<string, () => string>>): Advisor {
  return (code, status) =>
    status < 500 && status !== 429 && status !== 408 && Object.hasOwn(advice, code)
      ? advice[code]?.()
      : undefined
}

/** Makes an advisor that asks one, and then another. */
export function firstOf(one: Advisor, other: Advisor): Advisor {
  return (code, status) => one(code, status) ?? other(code, status)
}

/** Says what to do about a refusal without a listed code by an endpoint that was sent a client's secret. */
export const adviceWithoutCode: Advisor = (code, status) =>
  !isDocumentedCode(code) && (status === 400 || status === 401 || status === 200)
    ? say`Some servers refuse wrong credentials like this: check clientId and what clientSecret refers to, then the address.`
    : undefined

/** Says what to do about an error of `POST /application` and `POST /application_cert`. */
export const adviceForRegistration: Advisor = (code) =>
  Object.hasOwn(applicationAdvice, code) ? applicationAdvice[code as PscErrorCode]() : undefined

/** Says what to do about a server that misses the client's credentials in the body of a request. */
export const adviceUnderBasic = adviceOf({
  invalid_request: sayLater`The server misses something in the request, whose credentials are in a Basic header. It may read them only from the body: set clientAuthentication: body.`,
})

const adviceForCode = adviceOf({
  invalid_request: sayLater`The issuer misses something in the request, which has grant_type, client_id and client_secret: check the address, and whether a proxy changes requests on the way.`,
  invalid_client: sayLater`The issuer does not accept the client: check clientId and what clientSecret refers to, and whether the client was disabled.`,
  invalid_grant: sayLater`The issuer does not accept the credential: check clientId and clientSecret.`,
  unauthorized_client: sayLater`The issuer does not let this client use client_credentials, or does not accept its secret: check clientSecret, then ask its support.`,
  unsupported_grant_type: sayLater`The issuer does not offer client_credentials at this address: check the address.`,
  invalid_scope: sayLater`The issuer wants a scope to be named, and this client has no default one.`,
})

/** Says what to do about an error of a token endpoint that follows RFC 6749, asked with client credentials. */
export const adviceForTokenEndpoint = firstOf(adviceWithoutCode, adviceForCode)

/** Says what to do about an error of `POST /client_token`. */
export const adviceForClientToken = firstOf(adviceForRegistration, adviceForTokenEndpoint)

const adviceForBearer = adviceOf({
  invalid_request: sayLater`The PSC misses something in the document, or does not accept one of its values: compare the declaration with its words.`,
  invalid_token: sayLater`The PSC refused a new token as well: try again; if it persists, tell its support.`,
  insufficient_scope: sayLater`The token does not let this client be maintained: ask the support of the PSC to allow it.`,
  invalid_client: sayLater`The PSC does not accept the client: check clientId, and whether the client was disabled.`,
  unauthorized_client: sayLater`The PSC does not let this client be maintained: ask its support to allow it.`,
})

/** Says what to do about an error of `PUT /client_maintenance`. */
export const adviceForMaintenance = firstOf(adviceForRegistration, adviceForBearer)

/**
 * Says what to do about an error of Motor RCE's token endpoint.
 *
 * Its document gives 401 and 400 the same body, `unauthorized_client`: only the status tells them apart. The other
 * codes are Keycloak's, which it runs on, seen with versions 24.0.0 and 26.7.3.
 *
 * @see the API document "Autenticação" (Motor RCE), "Casos de erro"
 */
export const adviceForMotorRce: Advisor = (code, status) => {
  if (code === 'unauthorized_client' && status === 401) {
    return say`The credential is not valid: compare clientSecret, and clientId too, with what Motor RCE gave you; if both are right, ask its support whether the client may use client_credentials.`
  }
  if (code === 'unauthorized_client' && status === 400) {
    return say`With status 400 this code means that a required field is missing. The request has all three: check whether a proxy changes requests on the way.`
  }
  if (code === 'invalid_client') {
    return say`Motor RCE knows no active client with this id: check clientId and authBaseUrl (production or homologation), or ask its support whether the client was disabled.`
  }
  if (status === 404) {
    return say`There is no realm motor-rce at this address: check authBaseUrl, which is only what comes before /realms.`
  }
  return adviceForTokenEndpoint(code, status)
}
