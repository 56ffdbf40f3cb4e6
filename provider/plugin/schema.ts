import { settings } from '../engine/configuration.ts'
import { manifestJsonSchema } from '../manifest/json-schema.ts'
import { pscNames } from '../psc/profiles/known.ts'
import { clientFields, credentialFields, type Field } from '../rules/client-fields.ts'
import { isRecord } from '../rules/text.ts'

interface Property {
  readonly type?: string
  readonly $ref?: string
  readonly items?: Property
  readonly additionalProperties?: Property
  readonly oneOf?: readonly Property[]
  readonly description?: string
}

type Properties = Readonly<Record<string, Property>>

type Json = Readonly<Record<string, unknown>>

const text: Property = { type: 'string' }
const whole: Property = { type: 'integer' }
const texts: Property = { type: 'array', items: text }
const referTo = (name: string): Property => ({ $ref: `#/types/psc:index:${name}` })
const textOr = (name: string): Property => ({ oneOf: [text, referTo(name)] })

/** The types of the fields that are not simply texts. */
const typed: Properties = {
  psc: textOr('PscProfile'),
  issuer: textOr('PscProfile'),
  clientSecret: textOr('SecretReference'),
  previousClientSecret: textOr('SecretReference'),
  redirectUris: texts,
  certificate: referTo('Certificate'),
}

/** What a program says in other words than a manifest, by field, setting or type and field. */
const reworded: Readonly<Record<string, string>> = {
  baseUrls: 'Replaces the addresses of PSCs, also those of a profile.',
  'PscProfile.extends': 'The known PSC whose values it starts from.',
  psc: `The PSC at which the client is registered: ${pscNames.join(', ')}, or a profile. A change replaces the resource.`,
  issuer:
    'motor-rce, a PSC as in a client, or the https URL of a token endpoint. A change replaces the resource.',
}

const optional = new Set([
  'previousClientSecret',
  'certificate',
  'preflight',
  'authBaseUrl',
  'clientAuthentication',
])

/**
 * Makes the package schema, from which Pulumi generates the SDKs: from the fields, the settings and the schema of a manifest.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export function packageSchema(version: string): Json {
  const types = { ...ownTypes }
  addType(types, 'PscProfile', profileSchema())
  return {
    name: 'psc',
    displayName: 'PSC (ICP-Brasil)',
    version,
    description: 'OAuth clients registered with Brazilian PSCs (ICP-Brasil), as code.',
    keywords: ['pulumi', 'icp-brasil', 'psc', 'oauth2', 'category/cloud'],
    homepage: 'https://github.com/pulumi-psc/pulumi-psc#readme',
    repository: 'https://github.com/pulumi-psc/pulumi-psc',
    license: 'Apache-2.0',
    publisher: 'pulumi-psc',
    // With `supportPack` the SDK for Go is a module of its own.
    meta: { moduleFormat: '(.*)', supportPack: true },
    // Without names of its own, an SDK has the name of the owner of the repository that Pulumi cloned.
    language: {
      nodejs: { packageName: '@pulumi/psc', respectSchemaVersion: true },
      python: {
        packageName: 'pulumi_psc',
        respectSchemaVersion: true,
        pyproject: { enabled: true },
      },
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { respectSchemaVersion: true },
    },
    config: { variables: settingProperties() },
    provider: {
      description:
        'The settings of a provider of its own. Those that it leaves open are those of the stack under psc:.',
      inputProperties: settingProperties(),
    },
    types,
    resources: {
      'psc:index:Client': resource(
        'Manages an OAuth client that is registered with a PSC. Creating it adopts the client. Deleting it forgets the client, which stays registered.',
        clientFields,
        {
          baseUrl: {
            ...text,
            description: 'The address of the PSC: what comes before /client_maintenance.',
          },
        },
        {
          registered: {
            ...referTo('ClientDocument'),
            description:
              "The PSC's echo of the last write, where it differs from what is declared.",
          },
        },
      ),
      'psc:index:TokenCredential': resource(
        'Verifies a client id and secret without managing the client. The token is not stored.',
        credentialFields,
        {
          tokenUrl: { ...text, description: 'The address of the token endpoint.' },
          tokenType: { ...text, description: 'Bearer.' },
        },
        {
          expiresIn: {
            ...whole,
            description: 'The lifetime of a token in seconds, if the issuer states it.',
          },
          scope: { ...text, description: 'The granted scopes, separated by spaces.' },
        },
      ),
    },
  }
}

function resource(
  description: string,
  fields: Readonly<Record<string, Field>>,
  outputs: Properties,
  optionalOutputs: Properties,
): Json {
  const inputs = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      { ...(typed[name] ?? text), description: reworded[name] ?? field.description },
    ]),
  )
  const required = Object.keys(inputs).filter((name) => !optional.has(name))
  return {
    description,
    inputProperties: inputs,
    requiredInputs: required,
    properties: { ...inputs, ...outputs, ...optionalOutputs },
    required: [...required, ...Object.keys(outputs)],
  }
}

/** The types that a manifest writes as alternatives, and a language as one type. */
const ownTypes: Record<string, Json> = {
  'psc:index:SecretReference': {
    type: 'object',
    description:
      'Where a secret is: exactly one of these. The state stores the reference only; it is resolved when it is used.',
    properties: {
      env: { ...text, description: 'The environment variable that holds the secret.' },
      file: {
        ...text,
        description: 'The file that holds the secret, relative to the folder of Pulumi.yaml.',
      },
      config: {
        ...text,
        description: "The key of the stack's configuration that holds the secret: psc:key.",
      },
    },
  },
  'psc:index:Certificate': {
    type: 'object',
    description:
      'The certificate that registered a client: file, pem or hosts. The state stores its host names, expiry and fingerprint only.',
    properties: {
      file: { ...text, description: 'A PEM file, relative to the folder of Pulumi.yaml.' },
      pem: { ...text, description: 'The PEM text; of a chain, the leaf is used.' },
      hosts: { ...texts, description: 'Its DNS names and IP addresses.' },
      notAfter: { ...text, description: 'Its expiry, ISO 8601.' },
      fingerprint256: { ...text, description: 'The SHA-256 of its DER form.' },
    },
  },
  'psc:index:ClientDocument': {
    type: 'object',
    description: 'What a PSC stores of a client.',
    properties: Object.fromEntries(
      Object.entries(clientFields as Readonly<Record<string, Field>>)
        .filter(([, { wire }]) => wire !== undefined)
        .map(([name, { description }]) => [name, { ...(typed[name] ?? text), description }]),
    ),
  },
}

function settingProperties(): Properties {
  const types: Properties = {
    baseUrls: { type: 'object', additionalProperties: text },
    timeoutSeconds: whole,
    maxConnections: whole,
    certificateExpiryWarningDays: whole,
  }
  const ofPlugin = Object.entries(settings).filter(([name]) => name !== 'manifest')
  return Object.fromEntries(
    ofPlugin.map(([name, { description, expected, shownDefault }]) => [
      name,
      {
        ...(types[name] ?? text),
        description: plain(
          `${reworded[name] ?? description} Give ${expected()}. Default: ${shownDefault}.`,
        ),
      },
    ]),
  )
}

/** Finds the schema of a PSC of one's own in that of a manifest, whose key there is its name. */
function profileSchema(): Json {
  const psc = at(manifestJsonSchema(), 'properties', 'pscs', 'additionalProperties')
  const name = { type: 'string', description: 'Its name. Default: that of the PSC it extends.' }
  return {
    ...psc,
    description: 'What is different at a known PSC, or a PSC of your own that extends one.',
    properties: { name, ...at(psc, 'properties') },
  }
}

function at(json: Json, ...path: readonly string[]): Json {
  return path.reduce<Json>((inside, key) => inside[key] as Json, json)
}

/** Adds a type, and a type for each object in it. */
function addType(types: Record<string, Json>, name: string, json: Json): void {
  const properties = Object.entries(at(json, 'properties')).map(([key, value]) => {
    const inside = value as Json
    const description = reworded[`${name}.${key}`] ?? inside.description
    const typeName = `${name.replace('PscProfile', '')}${capitalized(key)}`
    return [key, propertyOf(types, typeName, { ...inside, description })]
  })
  const { description } = json
  types[`psc:index:${name}`] = {
    type: 'object',
    ...(typeof description === 'string' && { description }),
    properties: Object.fromEntries(properties) as Properties,
    ...(name !== 'PscProfile' && { required: json.required }),
  }
}

function propertyOf(types: Record<string, Json>, name: string, json: Json): Property {
  const { type, items, anyOf, description, enum: values } = json
  const choices = Array.isArray(values) ? ` One of ${values.join(', ')}.` : ''
  const described = typeof description === 'string' && { description: description + choices }
  if (Array.isArray(anyOf)) {
    const options = anyOf.map((option: Json) => propertyOf(types, name, option))
    return { oneOf: options, ...described }
  }
  if (type === 'object') {
    addType(types, name, json)
    return { ...referTo(name), ...described }
  }
  if (type === 'array' && isRecord(items)) {
    return { type, items: propertyOf(types, name, items), ...described }
  }
  return { type: typeof type === 'string' ? type : 'string', ...described }
}

/** Removes the marks of Markdown, which not every language's documentation shows. */
function plain(sentences: string): string {
  return sentences.replaceAll('`', '')
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
