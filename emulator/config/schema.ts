import { z } from 'zod'
import { judgeRedirectUri } from '../judge/redirect-uri.ts'
import { exampleHolders } from '../psc/grants.ts'

const text = z.string().min(1, 'must not be empty')

const seconds = z
  .int()
  .min(1, 'must be at least 1 second')
  .max(31_536_000, 'must be at most a year')

/** A secret: the text itself, or the name of an environment variable that holds it. */
const secret = z
  .union([text, z.strictObject({ env: text })], 'must be a text or { env: NAME }')
  .describe('An obviously fake value, or { env: NAME }')

/** The subject alternative names of the certificate that registered the application. */
const certificateSchema = z.strictObject({ hosts: z.array(text).min(1, 'needs at least one name') })

const clientFields = {
  clientId: text,
  clientSecret: secret,
  name: text.optional(),
  comments: z.string().default(''),
  email: z.string().default(''),
  redirectUris: z.array(text).default([]),
  tokenLifetimeSeconds: seconds.optional(),
}

interface Judged {
  readonly redirectUris: readonly string[]
  readonly certificate?: { readonly hosts: readonly string[] } | undefined
}

function judgeUris({ value, issues }: Refusing & { readonly value: Judged }): void {
  for (const [index, uri] of value.redirectUris.entries()) {
    const refusal = judgeRedirectUri(uri, value.certificate?.hosts)
    const path = ['redirectUris', index]
    if (refusal) issues.push({ code: 'custom', path, message: refusal.msg, input: uri })
  }
}

/** SERPRO registers by a certificate, and judges by its names. */
const certifiedClient = z
  .strictObject({ ...clientFields, certificate: certificateSchema })
  .check(judgeUris)

/** Other PSCs register without one; a client that has one all the same is judged by it. */
const client = z
  .strictObject({ ...clientFields, certificate: certificateSchema.optional() })
  .check(judgeUris)

const pscFields = {
  /** DOC-ICP-17.01 leaves it to the PSC; SERPRO's document says 60 minutes. */
  tokenLifetimeSeconds: seconds.default(3600),
  /** No document says how long an authorization code lives; RFC 6749, section 4.1.2 recommends ten minutes at most. */
  codeLifetimeSeconds: seconds.default(600),
}

interface Identified {
  readonly clients: readonly { readonly clientId: string; readonly name?: string | undefined }[]
}

function judgeIdentities(context: Refusing & { readonly value: Identified }): void {
  const { clients } = context.value
  refuseTwice(context, clients, 'clientId', ({ clientId }) => clientId)
  refuseTwice(context, clients, 'name', ({ clientId, name }) => name ?? clientId)
}

/** A PSC that is not configured knows nobody. */
const serproSchema = z
  .strictObject({ ...pscFields, clients: z.array(certifiedClient).default([]) })
  .check(judgeIdentities)
  .prefault({})

const pscSchema = z
  .strictObject({ ...pscFields, clients: z.array(client).default([]) })
  .check(judgeIdentities)
  .prefault({})

const motorRceSchema = z.strictObject({
  /** "sua validade padrão é de 2 horas" */
  tokenLifetimeSeconds: seconds.default(7200),
  clients: z
    .array(z.strictObject({ clientId: text, clientSecret: secret }))
    .default([])
    .check((context) => {
      refuseTwice(context, context.value, 'clientId', (client) => client.clientId, [])
    }),
})

/** A person or a company whose certificate the PSC keeps. */
const holderSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('CPF'),
    identification: z.string().regex(/^\d{11}$/, 'must have 11 digits'),
    name: text,
  }),
  z.strictObject({
    type: z.literal('CNPJ'),
    identification: z.string().regex(/^[\dA-Z]{12}\d{2}$/, 'must have 14 digits or capitals'),
    name: text,
  }),
])

/** What the emulator starts with. The same shape as object and as YAML file. */
export const configSchema = z.strictObject({
  host: text.optional(),
  port: z.int().min(0).max(65_535).optional(),
  pscs: z
    .strictObject({
      neoid: serproSchema,
      serproid: serproSchema,
      standard: pscSchema,
      vidaas: pscSchema,
      birdid: pscSchema,
      vaultid: pscSchema,
      safeid: pscSchema,
    })
    .prefault({}),
  motorRce: motorRceSchema.prefault({}),
  /** Who can be picked on the page of /authorize. */
  holders: z
    .array(holderSchema)
    .min(1, 'needs at least one')
    .default([...exampleHolders]),
})

/** The configuration as a user writes it: everything with a default may be left out. */
export type EmulatorConfig = z.input<typeof configSchema>

/** The configuration with every default filled in. */
export type CompleteConfig = z.output<typeof configSchema>

export type PscConfig = z.output<typeof pscSchema>

export type MotorRceConfig = z.output<typeof motorRceSchema>

export type SecretConfig = z.output<typeof secret>

interface Refusing {
  readonly issues: { push(issue: z.core.$ZodRawIssue): unknown }
}

/** What identifies a client at its PSC may be there once only. */
function refuseTwice<Client>(
  context: Refusing,
  clients: readonly Client[],
  key: string,
  read: (client: Client) => string,
  prefix: readonly string[] = ['clients'],
): void {
  const first = new Map<string, number>()
  for (const [index, client] of clients.entries()) {
    const value = read(client)
    const earlier = first.get(value)
    if (earlier === undefined) first.set(value, index)
    else {
      const message = `is the same as that of client ${earlier}; it must be unique`
      context.issues.push({ code: 'custom', path: [...prefix, index, key], message, input: value })
    }
  }
}
