import { z } from 'zod'
import { pscNames } from '../psc/profiles/known.ts'
import {
  deletions,
  redirectUriRules,
  registrations,
  tokenRequests,
} from '../psc/profiles/profile-args.ts'
import {
  clientAuthentications,
  clientFields,
  credentialFields,
  type Field,
  preflights,
  visible,
} from '../rules/client-fields.ts'
import type { PropertyPath } from '../rules/problem.ts'

/** Matches the begin of every address; `faultOfAddress` validates the rest. */
const address = {
  pattern: '^\\s*[Hh][Tt][Tt][Pp][Ss]?:',
  patternErrorMessage: 'This is not an address. Begin with https://.',
}

/** Describes a string. The rules validate it; `meta` has the part that JSON Schema can express. */
const text = (meta: Record<string, unknown>) => z.string().meta(meta)

/** Is the part that JSON Schema can express of what must not be empty, and what an editor says of it. */
const notEmpty = {
  pattern: visible,
  patternErrorMessage: 'The value is empty. Give one, or remove the key.',
}

const withoutWire = ({ wire: _, ...meta }: Field) => meta

const field = (facts: Field) => text(withoutWire(facts))

/** Describes the name of a PSC. Editors complete the known ones. */
const nameOfPsc = ({ pattern, patternErrorMessage, ...meta }: Field, known: readonly string[]) =>
  text({ ...meta, anyOf: [{ enum: known }, { pattern, patternErrorMessage }] })

const relativeFile = 'A relative path is relative to the manifest.'

const clientSecret = z
  .union([
    z
      .strictObject({
        env: text({
          description: 'The environment variable that holds the secret.',
          pattern: '^[^=]*[^=\\s][^=]*$',
          patternErrorMessage: 'This is not the name of an environment variable.',
        }).optional(),
        file: text({
          description: `The file that holds the secret. ${relativeFile}`,
          ...notEmpty,
        }).optional(),
        config: text({
          description: "The key of the stack's configuration that holds the secret.",
          ...notEmpty,
        }).optional(),
      })
      .meta({ title: 'A reference to the secret', minProperties: 1, maxProperties: 1 }),
    text({
      title: 'The secret itself',
      description:
        'Not recommended: the secret is then in clear text in the manifest. Prefer { env }, { file } or { config }.',
      ...notEmpty,
    }),
  ])
  .meta(clientFields.clientSecret)

const certificate = z
  .strictObject({
    file: text({
      description: `A PEM file; of a chain, the leaf is used. ${relativeFile}`,
      ...notEmpty,
    }).optional(),
    pem: text({
      description: 'The PEM text itself.',
      pattern: 'BEGIN [^-]*CERTIFICATE',
      patternErrorMessage: 'This is not the text of a PEM certificate. For a path, use file.',
    }).optional(),
    hosts: z
      .array(text({ minLength: 1 }))
      .meta({
        description:
          'The subject alternative names of the certificate: DNS names (with wildcards as they stand in it) and IP addresses.',
        minItems: 1,
      })
      .optional(),
  })
  .meta({
    ...clientFields.certificate,
    minProperties: 1,
    maxProperties: 1,
  })

/** The name of a stack, as Pulumi accepts it. */
const stack = z
  .string()
  .regex(/^[A-Za-z\d_.-]{1,100}$/)
  .meta({
    title: 'Stack',
    patternErrorMessage:
      'The name of a stack has 1 to 100 letters, digits, dots, hyphens or underscores.',
    description:
      'The stack of a fleet (pulumi-psc fleet) that this entry belongs to. Without it, the stack follows from the name of the entry.',
  })

const preflight = z.enum(preflights).meta({ ...clientFields.preflight, default: 'auto' })

const { pattern, patternErrorMessage, maxLength, ...redirectUris } = clientFields.redirectUris

const client = z
  .strictObject({
    psc: nameOfPsc(clientFields.psc, pscNames),
    clientId: field(clientFields.clientId),
    clientSecret,
    previousClientSecret: clientSecret.meta(clientFields.previousClientSecret).optional(),
    name: field(clientFields.name),
    comments: field(clientFields.comments),
    email: field(clientFields.email),
    redirectUris: z
      .array(text({ pattern, patternErrorMessage, maxLength }))
      .meta({ ...withoutWire(redirectUris), minItems: 1, uniqueItems: true }),
    certificate: z
      .union([certificate, text({ title: 'A key of certificates', minLength: 1 })])
      .meta({
        ...clientFields.certificate,
        description:
          'A key of `certificates`, or { file }, { pem } or { hosts } in place. Optional where the PSC registers without one.',
      })
      .optional(),
    preflight: preflight.optional(),
    stack: stack.optional(),
  })
  .meta({ title: 'Client', description: 'A client that is registered at a PSC.' })

const clientAuthentication = z.enum(clientAuthentications)

const credential = z
  .strictObject({
    issuer: nameOfPsc(credentialFields.issuer, ['motor-rce', ...pscNames]),
    authBaseUrl: text({ ...credentialFields.authBaseUrl, ...address }).optional(),
    clientId: field(credentialFields.clientId),
    clientSecret,
    clientAuthentication: clientAuthentication
      .meta(credentialFields.clientAuthentication)
      .optional(),
    preflight: preflight.optional(),
    stack: stack.optional(),
  })
  .meta({
    title: 'Credential',
    description: 'A client id and a secret that are not managed, only verified.',
    if: { properties: { issuer: { const: 'motor-rce' } }, required: ['issuer'] },
    then: { properties: { authBaseUrl: true }, required: ['authBaseUrl'] },
    else: { properties: { authBaseUrl: false } },
  })

const flag = (description: string) => z.boolean().meta({ description }).optional()

const seconds = z.array(z.number().meta({ type: 'integer', exclusiveMinimum: 0 }))

const sessions = seconds.meta({ minItems: 1 })

const choice = <const T extends readonly string[]>(values: T, description: string) =>
  z.enum(values).meta({ description }).optional()

const psc = z
  .strictObject({
    extends: z
      .enum(pscNames)
      .meta({
        description: 'The known PSC whose values it starts from; for a key that is one, that.',
      })
      .optional(),
    environment: text({
      description:
        'One of the environments of that PSC, such as homologation (default: production).',
      minLength: 1,
    }).optional(),
    baseUrl: text({
      title: 'Base URL',
      description:
        'What comes before /client_token. https; plain http for loopback addresses alone.',
      ...address,
    }).optional(),
    maintenance: flag('Whether PUT /client_maintenance is there.'),
    echoes: flag('Whether the answer to a maintenance request repeats what is registered now.'),
    rotates: flag("Whether maintenance sets the client's secret."),
    registration: choice(registrations, 'How the PSC registers an application.'),
    tokenRequest: choice(tokenRequests, 'How the parameters of POST /client_token are written.'),
    tokenHasSideEffects: flag(
      'Whether obtaining an application token changes anything at the PSC.',
    ),
    ownUriSchemes: z
      .array(text({ pattern: '^(?!https?$)[a-z][a-z\\d+.\\-]*$' }))
      .meta({ description: 'Schemes of redirect URIs that the PSC adds by itself, such as push.' })
      .optional(),
    redirectUriRule: choice(
      redirectUriRules,
      'Which redirect URIs the PSC accepts: https on a host of the certificate, https on any host, or also http on this machine.',
    ),
    clientAuthentication: choice(
      clientAuthentications,
      'Where a client sends its id and its secret: in the parameters, or in a Basic header (RFC 6749).',
    ),
    deletion: choice(deletions, 'What is known of the deletion of a client.'),
    scopeLifetimes: z
      .strictObject({
        request: seconds.meta({ description: 'Of every scope but signature_session.' }),
        session: z
          .strictObject({ CPF: sessions, CNPJ: sessions })
          .meta({ description: "Of signature_session, by the holder's certificate." }),
        complete: z.boolean().meta({
          description: 'Whether the lists are complete. Otherwise the longest is a limit.',
        }),
      })
      .meta({ description: "The lifetimes of a holder's token, in seconds." })
      .optional(),
    tellsRedirectUris: z
      .union([z.boolean(), z.literal('unknown')])
      .meta({ description: 'Whether authorize redirects errors to registered redirect URIs only.' })
      .optional(),
    audience: text({
      description: 'The aud of a registration that is signed.',
      minLength: 1,
    }).optional(),
    issuer: text({
      description: 'The iss of authorization responses (RFC 9207).',
      minLength: 1,
    }).optional(),
  })
  .meta({
    title: 'PSC',
    description: 'What is different at a known PSC, or a PSC of your own that extends a known one.',
  })

/** The name of an entry, and of its resource in the stack. */
const entryName = text({ pattern: '^\\S(.*\\S)?$', maxLength: 100, not: { const: '__proto__' } })

/** Defines clients.yaml. The JSON Schema for editors is made from it. */
export const manifestSchema = z
  .strictObject({
    pscs: z
      .record(text({ pattern: '^[\\p{L}\\p{N}._\\-]{1,64}$', not: { const: '__proto__' } }), psc)
      .meta({
        title: 'PSCs',
        description: 'Optional: other base URLs (an emulator), environments, or PSCs of your own.',
      })
      .optional(),
    certificates: z
      .record(entryName, certificate)
      .meta({ title: 'Certificates', description: 'Certificates that clients refer to by key.' })
      .optional(),
    clients: z
      .record(entryName, client)
      .meta({
        title: 'Clients',
        description: 'The clients, by the name that they have in the stack.',
      })
      .optional(),
    credentials: z
      .record(entryName, credential)
      .meta({
        title: 'Credentials',
        description: 'Credentials that are not managed, only verified.',
      })
      .optional(),
  })
  .meta({
    title: 'pulumi-psc manifest',
    description: 'OAuth clients registered with Brazilian PSCs.',
    patternProperties: { '^x-': {} },
    anyOf: [
      { properties: { clients: true }, required: ['clients'] },
      { properties: { credentials: true }, required: ['credentials'] },
    ],
  })

export type ManifestDocument = z.infer<typeof manifestSchema>

export type ClientEntry = z.infer<typeof client>

export type CredentialEntry = z.infer<typeof credential>

export type CertificateSource = z.infer<typeof certificate>

export type SecretSource = z.infer<typeof clientSecret>

/** Lists the keys that a schema has at a path; of alternatives, those of the first map. */
export function knownKeys(schema: z.core.$ZodType, path: PropertyPath): string[] {
  const inside = plain(path.reduce(schemaOf, schema))
  return inside instanceof z.ZodObject ? Object.keys(inside.shape) : []
}

/** Returns the schema of a key or an item; undefined if the schema has none. */
export function schemaOf(
  schema: z.core.$ZodType | undefined,
  step: string | number,
): z.core.$ZodType | undefined {
  const inside = plain(schema)
  if (inside instanceof z.ZodObject) {
    const shape = inside.shape as Record<string, z.core.$ZodType>
    return Object.hasOwn(shape, step) ? shape[step] : undefined
  }
  if (inside instanceof z.ZodRecord) return inside.valueType
  return inside instanceof z.ZodArray ? inside.element : undefined
}

function plain(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional) return plain(schema.unwrap())
  if (schema instanceof z.ZodUnion) {
    return schema.options.map(plain).find((option) => option instanceof z.ZodObject)
  }
  return schema
}
