import { z } from 'zod'
import { profiles } from '../psc/profile.ts'
import type { PscName } from '../psc/profile.ts'

/** The PSCs that a manifest may name. */
export const pscNames = Object.keys(profiles) as PscName[]

/** What every base URL looks like; `checkBaseUrl` of the profiles judges the rest. */
export const baseUrlPattern = /^https?:\/\/[^?#]+$/

/** Text whose further rules are judged by provider/rules; what JSON Schema can say of them is said beside it. */
const text = (meta: Record<string, unknown>) => z.string().meta(meta)

const relativeFile = 'A relative path is relative to the manifest.'

const clientSecret = z
  .union([
    text({
      title: 'The secret itself',
      description:
        'Not recommended: the secret is then in clear text in the manifest. Prefer { env }, { file } or { config }.',
      minLength: 1,
    }),
    z
      .strictObject({
        env: text({
          description: 'The environment variable that holds the secret.',
          minLength: 1,
        }).optional(),
        file: text({
          description: `The file that holds the secret. ${relativeFile}`,
          minLength: 1,
        }).optional(),
        config: text({
          description: "The key of the stack's configuration that holds the secret.",
          minLength: 1,
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
      minLength: 1,
    }).optional(),
    pem: text({ description: 'The PEM text itself.', minLength: 1 }).optional(),
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

const client = z
  .strictObject({
    psc: z.enum(pscNames).meta({
      title: 'PSC',
      description: 'The PSC at which the client is registered.',
    }),
    clientId: text({
      title: 'Client id',
      description: 'The client_id that the PSC gave to the application. It never changes.',
      minLength: 1,
    }),
    clientSecret,
    name: text({
      title: 'Name',
      description: 'The name that people see when they sign in. Unique across the PSC.',
      minLength: 1,
    }),
    comments: text({
      title: 'Comments',
      description: 'What the application is for.',
      minLength: 1,
    }),
    email: text({
      title: 'Support e-mail',
      description: 'Whom the PSC writes to about outages and new versions.',
      pattern: '^[^@]+@[^@]+$',
    }),
    redirectUris: z.array(text({ pattern: '^[Hh][Tt][Tt][Pp][Ss]://[^#]+$' })).meta({
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
    preflight: z
      .enum(['auto', 'required', 'off'])
      .meta({
        title: 'Preflight',
        description:
          'Whether a preview proves the credential with an application token. auto: if it can; required: or fail; off: never.',
        default: 'auto',
      })
      .optional(),
  })
  .meta({ title: 'Client', description: 'A client that is registered at a PSC.' })

const credential = z
  .strictObject({
    issuer: text({
      title: 'Issuer',
      description: `motor-rce, ${pscNames.join(', ')}, or the https URL of a token endpoint.`,
      anyOf: [{ enum: ['motor-rce', ...pscNames] }, { pattern: baseUrlPattern.source }],
    }),
    authBaseUrl: text({
      title: 'Authentication base URL',
      description: 'For motor-rce: what comes before /realms/motor-rce/…',
      pattern: baseUrlPattern.source,
    }).optional(),
    clientId: text({ title: 'Client id', minLength: 1 }),
    clientSecret,
  })
  .meta({
    title: 'Credential',
    description: 'A client id and a secret that are not managed, only proven.',
    if: { properties: { issuer: { const: 'motor-rce' } }, required: ['issuer'] },
    then: { required: ['authBaseUrl'] },
    else: { properties: { authBaseUrl: false } },
  })

const pscOverride = z
  .strictObject({
    baseUrl: text({
      title: 'Base URL',
      description:
        'What comes before /client_token. https; plain http for loopback addresses alone.',
      pattern: baseUrlPattern.source,
    }),
  })
  .meta({ title: 'PSC', description: 'What is different at this PSC from its built-in profile.' })

const pscs = z
  .strictObject(
    Object.fromEntries(pscNames.map((name) => [name, pscOverride.optional()])) as Record<
      PscName,
      z.ZodOptional<typeof pscOverride>
    >,
  )
  .meta({ title: 'PSCs', description: 'Optional: other base URLs for PSCs, such as an emulator.' })

/** A name of an entry: what the resource is called in the stack. */
const entryName = z.string().meta({ minLength: 1 })

/** The one definition of clients.yaml; the JSON Schema for editors comes from it. */
export const manifestSchema = z
  .strictObject({
    pscs: pscs.optional(),
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
