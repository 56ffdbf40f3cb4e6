/** The permissions that an application can request. @see POST /token, "Solicitação válida" */
export const scopes = [
  'single_signature',
  'multi_signature',
  'signature_session',
  'authentication_session',
] as const

export type Scope = (typeof scopes)[number]

/** "o token estará válido por 5 minutos", for every scope but `signature_session`. */
export const fixedLifetimeSeconds = 300

export const holderTypes = ['CPF', 'CNPJ'] as const

export type HolderType = (typeof holderTypes)[number]

/** The person or company that a certificate belongs to. */
export interface Holder {
  readonly type: HolderType
  /** Only digits, and letters in a CNPJ. */
  readonly identification: string
  readonly name: string
}

/** How long a holder can authorize a `signature_session`. */
export interface Period {
  readonly label: string
  readonly seconds: number
}

const minute = 60

const hour = 60 * minute

const day = 24 * hour

/** @see POST /token, "Saiba mais" */
export const periods: Readonly<Record<HolderType, readonly Period[]>> = {
  CPF: [
    { label: '15 minutos', seconds: 15 * minute },
    { label: '1 hora', seconds: hour },
    { label: '4 horas', seconds: 4 * hour },
    { label: '8 horas', seconds: 8 * hour },
    { label: '1 dia', seconds: day },
    { label: '3 dias', seconds: 3 * day },
    { label: '7 dias', seconds: 7 * day },
  ],
  CNPJ: [
    { label: '1 hora', seconds: hour },
    { label: '8 horas', seconds: 8 * hour },
    { label: '1 dia', seconds: day },
    { label: '3 dias', seconds: 3 * day },
    { label: '7 dias', seconds: 7 * day },
    { label: '15 dias', seconds: 15 * day },
    { label: '30 dias', seconds: 30 * day },
  ],
}

/** Example people and companies. Their numbers have right check digits; the first one is the document's. */
export const exampleHolders: readonly Holder[] = [
  { type: 'CPF', identification: '11111111111', name: 'Maria do Exemplo' },
  { type: 'CPF', identification: '12345678909', name: 'João da Amostra' },
  { type: 'CNPJ', identification: '11222333000181', name: 'Exemplo Serviços Ltda.' },
  { type: 'CNPJ', identification: '11444777000161', name: 'Associação de Teste' },
]

/** An application's request that has passed every check. */
export interface AuthorizationRequest {
  readonly clientId: string
  /** Where the response goes: the URI of the request, or the first one registered. */
  readonly redirectUri: string
  /** The URI of the request, if it has one. */
  readonly namedRedirectUri: string | undefined
  readonly scope: Scope
  readonly state: string | undefined
  readonly codeChallenge: string
}

/** What a holder has agreed to. An authorization code stands for it. */
export interface Grant {
  readonly request: AuthorizationRequest
  readonly holder: Holder
  readonly lifetimeSeconds: number
}
