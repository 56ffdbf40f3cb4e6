import { z } from 'zod'
import { judgeRedirectUri } from '../judge/redirect-uri.ts'
import { exampleHolders } from '../psc/grants.ts'
import { SecretDigest } from '../psc/psc.ts'
import { type PscName, pscs } from '../pscs.ts'

const text = z.string().min(1, 'must not be empty')

const seconds = z
  .int()
  .min(1, 'must be at least 1 second')
  .max(31_536_000, 'must be at most a year')

/** Reads a secret, or the name of an environment variable that holds it, and keeps only a digest. */
const secret = z
  .union([text, z.strictObject({ env: text })], 'must be a string or { env: NAME }')
  .transform((value, context) => {
    if (typeof value === 'string') return new SecretDigest(value)
    const found = process.env[value.env]
    if (found) return new SecretDigest(found)
    const state = found === undefined ? 'not set' : 'empty'
    context.addIssue(`the environment variable ${value.env} is ${state}. Export it`)
    return z.NEVER
  })

const clientSchema = z.strictObject({
  clientId: text,
  clientSecret: secret,
  /** The subject alternative names of the certificate that registered the application. */
  certificate: z
    .strictObject({ hosts: z.array(text).min(1, 'needs at least one name') })
    .exactOptional(),
  name: text.exactOptional(),
  comments: z.string().default(''),
  email: z.string().default(''),
  redirectUris: z.array(text).default([]),
  tokenLifetimeSeconds: seconds.exactOptional(),
})

const issuer = z
  .union([z.literal('base-url'), z.url({ protocol: /^https?$/ })], 'must be a URL or base-url')
  .refine((value) => !/[?#]/.test(value), 'must have no query and no fragment')

/** What the configuration can change. `psc/behaviour.ts` describes each key. */
const tokenEndpointKeys = {
  clientAuthentication: z.enum(['body', 'basic', 'either']).exactOptional(),
  wrongCredentialsStatus: z.literal([400, 401]).exactOptional(),
  issuer: issuer.exactOptional(),
}

const errorPlace = z.enum(['http-status', 'body'])

export const behaviourSchema = z.strictObject({
  ...tokenEndpointKeys,
  authorizeErrors: z.enum(['redirects', 'pages', 'error-redirect', 'login-first']).exactOptional(),
  certificate: z.enum(['required', 'optional']).exactOptional(),
  redirectUriRule: z.enum(['certificate', 'https', 'https-or-loopback']).exactOptional(),
  holderRefusal: z.enum(['access_denied', 'user_denied']).exactOptional(),
  registrationErrors: errorPlace.exactOptional(),
  maintenanceErrors: errorPlace.exactOptional(),
  tokenRequest: z.enum(['form', 'json']).exactOptional(),
  maintenance: z.boolean().exactOptional(),
  echoes: z.boolean().exactOptional(),
  rotation: z.enum(['refused', 'keeps tokens', 'ends tokens']).exactOptional(),
})

function pscSchema(psc: PscName) {
  return z
    .strictObject({
      /** DOC-ICP-17.01 leaves it to the PSC; SERPRO's document says 60 minutes. */
      tokenLifetimeSeconds: seconds.default(3600),
      /** RFC 6749, section 4.1.2 recommends ten minutes at most; the documents do not say. */
      codeLifetimeSeconds: seconds.default(600),
      behaviour: behaviourSchema.prefault({}),
      clients: z.array(clientSchema).default([]),
    })
    .check(({ value: { behaviour, clients }, issues }) => {
      const { certificate: rule, redirectUriRule, addedUris } = { ...pscs[psc], ...behaviour }
      const refuse = (index: number, key: PropertyKey[], message: string): void => {
        issues.push({ code: 'custom', path: ['clients', index, ...key], message, input: '' })
      }
      refuseTwice(clients, 'clientId', refuse)
      refuseTwice(
        clients.map(({ clientId, name }) => ({ name: name ?? clientId })),
        'name',
        refuse,
      )
      for (const [index, { certificate, redirectUris }] of clients.entries()) {
        if (!certificate && rule === 'required') {
          refuse(
            index,
            ['certificate'],
            `is missing: ${psc} registers with one. Give { hosts: [NAME] }`,
          )
          continue
        }
        for (const [at, uri] of redirectUris.entries()) {
          if (addedUris.includes(uri)) continue
          const refusal = judgeRedirectUri(uri, certificate?.hosts, redirectUriRule)
          if (refusal) refuse(index, ['redirectUris', at], refusal.msg)
        }
      }
    })
    .prefault({})
}

const motorRceSchema = z
  .strictObject({
    /** "sua validade padrão é de 2 horas" */
    tokenLifetimeSeconds: seconds.default(7200),
    behaviour: z.strictObject(tokenEndpointKeys).prefault({}),
    clients: z.array(z.strictObject({ clientId: text, clientSecret: secret })).default([]),
  })
  .check(({ value: { clients }, issues }) => {
    refuseTwice(clients, 'clientId', (index, key, message) => {
      issues.push({ code: 'custom', path: ['clients', index, ...key], message, input: '' })
    })
  })

/** Refuses the second of two clients with the same value. */
function refuseTwice<Key extends string>(
  clients: readonly Readonly<Record<Key, string>>[],
  key: Key,
  refuse: (index: number, key: PropertyKey[], message: string) => void,
): void {
  const first = new Map<string, number>()
  for (const [index, { [key]: value }] of clients.entries()) {
    const earlier = first.get(value)
    if (earlier === undefined) first.set(value, index)
    else refuse(index, [key], `client ${earlier} has the same one. Give another: it must be unique`)
  }
}

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

/** The emulator's configuration, as an object or as a YAML file. A PSC that it does not mention has no clients. */
export const configSchema = z.strictObject({
  host: text.exactOptional(),
  port: z.int().min(0).max(65_535).exactOptional(),
  pscs: z
    .strictObject({
      neoid: pscSchema('neoid'),
      serproid: pscSchema('serproid'),
      standard: pscSchema('standard'),
      vidaas: pscSchema('vidaas'),
      birdid: pscSchema('birdid'),
      vaultid: pscSchema('vaultid'),
      safeid: pscSchema('safeid'),
    })
    .prefault({}),
  motorRce: motorRceSchema.prefault({}),
  /** The people and companies on the page of /authorize. */
  holders: z
    .array(holderSchema)
    .min(1, 'needs at least one')
    .default([...exampleHolders]),
})

/** The configuration as a user writes it. Keys with a default are optional. */
export type EmulatorConfig = z.input<typeof configSchema>

/** The configuration with every default filled in and digests in the place of secrets. */
export type EmulatorSettings = z.output<typeof configSchema>
