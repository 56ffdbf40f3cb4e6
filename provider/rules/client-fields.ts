import { emailPattern, longestEmail } from './email.ts'

/**
 * Holds the facts about a field of a declaration, each written once. The key is its name in a program and in a manifest.
 * The schemas, the rules, the requests and the references are made from these facts.
 */
export interface Field {
  readonly title: string
  /** One or two sentences for editors and references. */
  readonly description: string
  /** The name in `PUT /client_maintenance`, for what the PSC stores. */
  readonly wire?: string
  /** The longest value, in characters. No document gives a limit; these are beyond what any form takes. */
  readonly maxLength?: number
  /** The part of the rules that JSON Schema can express. */
  readonly pattern?: string
  /** What an editor says of a value that does not match. VS Code's JSON and YAML servers know the keyword. */
  readonly patternErrorMessage?: string
}

/** Matches a string with a non-space character. */
export const visible = '\\S'

const notEmpty = { pattern: visible, patternErrorMessage: 'The value is empty. Give one.' }

/** Lists when to prove a client by a token: if possible, always, or never. */
export const preflights = ['auto', 'required', 'off'] as const

/** Says when a preview and a refresh obtain a token: `auto` warns if they cannot, `required` fails, `off` never does. */
export type Preflight = (typeof preflights)[number]

const clientId = {
  title: 'Client id',
  description: 'The client_id that the PSC gave to the application. It never changes.',
  wire: 'client_id',
  // RFC 6749, appendix A.1, without the space.
  pattern: '^[!-~]+$',
  patternErrorMessage:
    'A client id has letters, digits and signs of ASCII, without a space. Copy it again.',
  maxLength: 255,
}

const clientSecret = {
  title: 'Client secret',
  description:
    'Where the secret is: { env: NAME }, { file: path } or { config: key }. A reference is resolved only when it is used.',
}

const preflight = {
  title: 'Preflight',
  description:
    'Whether a preview verifies the credential with a token. auto: if it can; required: or fail; off: never.',
}

/** Lists the fields of a `PscClient`, in the order of the documentation. */
export const clientFields = {
  psc: {
    title: 'PSC',
    description: 'The PSC at which the client is registered: a known one, or a key of `pscs`.',
    ...notEmpty,
  },
  clientId,
  clientSecret,
  previousClientSecret: {
    title: 'Previous client secret',
    description:
      'While the secret is rotated: the one that may still be in force. Applying then sets clientSecret.',
  },
  name: {
    title: 'Name',
    description: 'The name that people see when they sign in. Unique across the PSC.',
    wire: 'name',
    ...notEmpty,
    maxLength: 255,
  },
  comments: {
    title: 'Comments',
    description: 'What the application is for.',
    wire: 'comments',
    ...notEmpty,
    maxLength: 4000,
  },
  email: {
    title: 'Support e-mail',
    description: 'The address to which the PSC reports outages and new versions.',
    wire: 'email',
    pattern: emailPattern,
    patternErrorMessage:
      'This is not an e-mail address. Write name@domain, as in suporte@exemplo.gov.br.',
    maxLength: longestEmail,
  },
  redirectUris: {
    title: 'Redirect URIs',
    description:
      "https without a fragment, at SERPRO on a host of the certificate, at some PSCs also http on this machine; sent exactly as written. The first is the PSC's default.",
    wire: 'redirect_uris',
    // Of each URI. RFC 9110, section 4.1: bytes that every server is asked to support.
    // https, http on this machine, or a scheme of the PSC's own.
    pattern:
      '^([Hh][Tt][Tt][Pp][Ss]://[^/?#*]|[Hh][Tt][Tt][Pp]://([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127\\.|\\[)|(?![Hh][Tt][Tt][Pp][Ss]?:)[A-Za-z][A-Za-z\\d+.\\-]*:)[^#*]*$',
    patternErrorMessage:
      'This is not a redirect URI: https:// with a host, no fragment (#) and no wildcard (*).',
    maxLength: 8000,
  },
  certificate: {
    title: 'Certificate',
    description:
      'The certificate with which the client was registered: { file }, { pem } or { hosts }. Optional where the PSC registers without one.',
  },
  preflight,
} as const satisfies Readonly<Record<string, Field>>

/** Lists where a client sends its id and its secret: in the parameters, or in a Basic header. */
export const clientAuthentications = ['body', 'basic'] as const

/** Names one of {@link clientAuthentications}. @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
export type ClientAuthentication = (typeof clientAuthentications)[number]

/** Lists the fields of a `TokenCredential`. */
export const credentialFields = {
  issuer: {
    title: 'Issuer',
    description: 'motor-rce, a PSC as in `clients`, or the https URL of a token endpoint.',
    ...notEmpty,
  },
  authBaseUrl: {
    title: 'Authentication base URL',
    description: 'For motor-rce: what comes before /realms/motor-rce/…',
  },
  clientId,
  clientSecret,
  clientAuthentication: {
    title: 'Client authentication',
    description:
      'Where the client sends its id and its secret: body (default), or basic for an HTTP Basic header. A PSC has its own default.',
  },
  preflight,
} as const satisfies Readonly<Record<string, Field>>

/** Holds a client's document at a PSC: the values that it stores. Only `clientId` cannot change; the first redirect URI is the default. */
export type ClientDocument = {
  readonly [
    K in keyof typeof clientFields as (typeof clientFields)[K] extends { wire: string } ? K : never
  ]: K extends 'redirectUris' ? readonly string[] : string
}

const stored: readonly [key: keyof ClientDocument, wire: string][] = Object.entries(
  clientFields as Readonly<Record<string, Field>>,
).flatMap(([key, { wire }]) => (wire === undefined ? [] : [[key as keyof ClientDocument, wire]]))

/** Picks the values that the PSC stores: these fields and no other, never the secret. */
export function pickStored<T extends Readonly<Record<keyof ClientDocument, unknown>>>(
  client: T,
): Pick<T, keyof ClientDocument> {
  const picked = Object.fromEntries(stored.map(([key]) => [key, client[key]]))
  return picked as Pick<T, keyof ClientDocument>
}

/** Renames a client's values to the PSC's own names. Leaves out undefined ones. */
export function toWire<T extends Readonly<Partial<Record<keyof ClientDocument, unknown>>>>(
  client: T,
): Readonly<Record<string, T[keyof T]>> {
  const named = stored.map(([key, wire]) => [wire, client[key]] as const)
  return Object.fromEntries(
    named.filter(([, value]) => value !== undefined) as [string, T[keyof T]][],
  )
}

/** Renames values with the PSC's own names to those of a program. */
export function fromWire<T>(wire: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    stored.flatMap(([key, name]) => (name in wire ? [[key, wire[name] as T]] : [])),
  )
}
