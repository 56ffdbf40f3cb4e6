import { z } from 'zod'
import { pscNames } from '../psc/profiles/known.ts'
import { registrations, tokenRequests } from '../psc/profiles/profile-args.ts'
import type { PropertyPath } from '../rules/problem.ts'

/** What every address looks like; `faultOfAddress` of the profiles judges the rest. */
const address = '^\\s*[Hh][Tt][Tt][Pp][Ss]?:'

/** Text of which something can be seen. */
const visible = '\\S'

/** Text whose further rules are judged by provider/rules; what JSON Schema can say of them is said beside it. */
const text = (meta: Record<string, unknown>) => z.string().meta(meta)

const relativeFile = 'A relative path is relative to the manifest.'

const clientSecret = z
  .union([
    text({
      title: 'The secret itself',
      description:
        'Not recommended: the secret is then in clear text in the manifest. Prefer { env }, { file } or { config }.',
      pattern: visible,
    }),
    z
      .strictObject({
        env: text({
          description: 'The environment variable that holds the secret.',
          pattern: '^[^=]*[^=\\s][^=]*$',
        }).optional(),
        file: text({
          description: `The file that holds the secret. ${relativeFile}`,
          pattern: visible,
        }).optional(),
        config: text({
          description: "The key of the stack's configuration that holds the secret.",
          pattern: visible,
        }).optional(),
      })
      .meta({ title: 'A reference to the secret', minProperties: 1, maxProperties: 1 }),
  ])
  .meta({
    title: 'Client secret',
    description:
      'Where the secret is: { env: NAME }, { file: path } or { config: key }. A reference is resolved only when it is used.',
  })

const certificate = z
  .strictObject({
    file: text({
      description: `A PEM file; of a chain, the leaf is used. ${relativeFile}`,
      pattern: visible,
    }).optional(),
    pem: text({
      description: 'The PEM text itself.',
      pattern: 'BEGIN [^-]*CERTIFICATE',
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
    title: 'Certificate',
    description:
      'The equipment certificate with which the client was registered: { file }, { pem } or { hosts }.',
    minProperties: 1,
    maxProperties: 1,
  })

/** What Pulumi accepts as the name of a stack; that of a part of a fleet is no longer than this. */
const stack = z
  .string()
  .regex(
    /^[A-Za-z\d_.-]{1,100}$/,
    'the name of a stack has 1 to 100 letters, digits, dots, hyphens or underscores. Correct it.',
  )
  .meta({
    title: 'Stack',
    description:
      'The stack of a fleet (psc fleet) that this entry belongs to. Without it, the stack follows from the name of the entry.',
  })

const preflight = z.enum(['auto', 'required', 'off']).meta({
  title: 'Preflight',
  description:
    'Whether a preview proves the credential with a token. auto: if it can; required: or fail; off: never.',
  default: 'auto',
})

const client = z
  .strictObject({
    psc: text({
      title: 'PSC',
      description: 'The PSC at which the client is registered: a known one, or a key of `pscs`.',
      anyOf: [{ enum: pscNames }, { pattern: visible }],
    }),
    clientId: text({
      title: 'Client id',
      description: 'The client_id that the PSC gave to the application. It never changes.',
      pattern: '^[!-~]+$',
      maxLength: 255,
    }),
    clientSecret,
    previousClientSecret: clientSecret
      .meta({
        title: 'Previous client secret',
        description:
          'While the secret is rotated: the one that may still be in force. Applying sets clientSecret then.',
      })
      .optional(),
    name: text({
      title: 'Name',
      description: 'The name that people see when they sign in. Unique across the PSC.',
      pattern: visible,
      maxLength: 255,
    }),
    comments: text({
      title: 'Comments',
      description: 'What the application is for.',
      pattern: visible,
      maxLength: 4000,
    }),
    email: text({
      title: 'Support e-mail',
      description: 'Whom the PSC writes to about outages and new versions.',
      pattern: "^[\\w.!#$%&'*+/=?^`{|}~\\-]{1,64}@[A-Za-z\\d\\-]+(\\.[A-Za-z\\d\\-]+)+$",
      maxLength: 254,
    }),
    redirectUris: z
      .array(text({ pattern: '^[Hh][Tt][Tt][Pp][Ss]://[^/?#*][^#*]*$', maxLength: 8000 }))
      .meta({
        title: 'Redirect URIs',
        description:
          "https, without a fragment, on a host of the certificate; sent exactly as written. The first is the PSC's default.",
        minItems: 1,
        uniqueItems: true,
      }),
    certificate: z
      .union([text({ title: 'A key of certificates', minLength: 1 }), certificate])
      .meta({
        title: 'Certificate',
        description: 'A key of `certificates`, or { file }, { pem } or { hosts } in place.',
      }),
    preflight: preflight.optional(),
    stack: stack.optional(),
  })
  .meta({ title: 'Client', description: 'A client that is registered at a PSC.' })

const credential = z
  .strictObject({
    issuer: text({
      title: 'Issuer',
      description: 'motor-rce, a PSC as in `clients`, or the https URL of a token endpoint.',
      anyOf: [{ enum: ['motor-rce', ...pscNames] }, { pattern: visible }],
    }),
    authBaseUrl: text({
      title: 'Authentication base URL',
      description: 'For motor-rce: what comes before /realms/motor-rce/…',
      pattern: address,
    }).optional(),
    clientId: text({ title: 'Client id', pattern: '^[!-~]+$', maxLength: 255 }),
    clientSecret,
    preflight: preflight.optional(),
    stack: stack.optional(),
  })
  .meta({
    title: 'Credential',
    description: 'A client id and a secret that are not managed, only proven.',
    if: { properties: { issuer: { const: 'motor-rce' } }, required: ['issuer'] },
    then: { required: ['authBaseUrl'] },
    else: { properties: { authBaseUrl: false } },
  })

const flag = (description: string) => z.boolean().meta({ description }).optional()

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
      pattern: address,
    }).optional(),
    maintenance: flag('Whether PUT /client_maintenance is there.'),
    echoes: flag('Whether the answer to a maintenance request repeats what is registered now.'),
    rotates: flag("Whether maintenance sets the client's secret."),
    registration: z
      .enum(registrations)
      .meta({ description: 'How the PSC registers an application.' })
      .optional(),
    tokenRequest: z
      .enum(tokenRequests)
      .meta({ description: 'How the parameters of POST /client_token are written.' })
      .optional(),
    tokenHasSideEffects: flag(
      'Whether obtaining an application token changes anything at the PSC.',
    ),
    ownUriSchemes: z
      .array(text({ pattern: '^(?!https?$)[a-z][a-z\\d+.\\-]*$' }))
      .meta({ description: 'Schemes of redirect URIs that the PSC adds by itself, such as push.' })
      .optional(),
    audience: text({
      description: 'The aud of a registration that is signed.',
      minLength: 1,
    }).optional(),
  })
  .meta({
    title: 'PSC',
    description: 'What is different at a known PSC, or a PSC of your own that extends a known one.',
  })

/** A name of an entry: what the resource is called in the stack. */
const entryName = text({ pattern: '^\\S(.*\\S)?$', maxLength: 100, not: { const: '__proto__' } })

/** The one definition of clients.yaml; the JSON Schema for editors comes from it. */
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
      .meta({ title: 'Credentials', description: 'Credentials that are not managed, only proven.' })
      .optional(),
  })
  .meta({
    title: 'pulumi-psc manifest',
    description: 'OAuth clients registered with Brazilian PSCs.',
    anyOf: [{ required: ['clients'] }, { required: ['credentials'] }],
  })

export type ManifestDocument = z.infer<typeof manifestSchema>

export type ClientEntry = z.infer<typeof client>

export type CredentialEntry = z.infer<typeof credential>

export type CertificateSource = z.infer<typeof certificate>

export type SecretSource = z.infer<typeof clientSecret>

/**
 * The JSON Schema of a manifest (draft 2020-12), with which an editor completes and checks it.
 * It never refuses what `psc lint` accepts; what JSON Schema cannot say is left to `psc lint`.
 */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema, { target: 'draft-2020-12', io: 'input' }) }
}

/** The keys that a schema has at a path; of alternatives, those of the first that is a map. */
export function knownKeys(schema: z.core.$ZodType, path: PropertyPath): string[] {
  let at: z.core.$ZodType | undefined = schema
  for (const step of path) {
    const inside: z.core.$ZodType | undefined = plain(at)
    if (inside instanceof z.ZodObject) at = (inside.shape as Record<string, z.core.$ZodType>)[step]
    else if (inside instanceof z.ZodRecord) at = inside.valueType
    else if (inside instanceof z.ZodArray) at = inside.element
    else return []
  }
  const inside = plain(at)
  return inside instanceof z.ZodObject ? Object.keys(inside.shape) : []
}

function plain(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional) return plain(schema.unwrap())
  if (schema instanceof z.ZodUnion) {
    return schema.options.map(plain).find((option) => option instanceof z.ZodObject)
  }
  return schema
}
