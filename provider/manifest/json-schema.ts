import { z } from 'zod'
import { pscNames } from '../psc/profiles/known.ts'
import { translate } from '../say.ts'
import { manifestSchema } from './schema.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * Makes the JSON Schema of a manifest (draft 2020-12), with which an editor completes and checks it. It accepts every
 * manifest that `pulumi-psc lint` accepts, and some that `pulumi-psc lint` refuses. Its only keyword beside those of the
 * draft is `patternErrorMessage`, an annotation that VS Code's servers for JSON and YAML show.
 */
export function manifestJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(manifestSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      translateTexts(jsonSchema)
      splitByProperty(jsonSchema)
      flatten(jsonSchema)
    },
  })
  return { ...schema, ...withoutSections }
}

/** Translates what an editor shows into the language of this process. */
function translateTexts(schema: JsonSchema): void {
  for (const key of ['title', 'description', 'patternErrorMessage']) {
    const text = schema[key]
    if (typeof text === 'string') schema[key] = translate(text)
  }
}

/**
 * Writes "exactly one of these properties" as one alternative for each: an editor then offers them, and names the one that
 * is wrong.
 */
function splitByProperty(schema: JsonSchema): void {
  const { properties = {}, minProperties, maxProperties } = schema
  if (minProperties !== 1 || maxProperties !== 1) return
  schema.oneOf = Object.entries(properties).map(([name, property]) => ({
    type: 'object',
    properties: { [name]: property },
    required: [name],
    additionalProperties: false,
  }))
  delete schema.type
  delete schema.properties
  delete schema.additionalProperties
  delete schema.minProperties
  delete schema.maxProperties
}

/** Puts the alternatives of an alternative beside the others: an editor compares a value with each. */
function flatten(schema: JsonSchema): void {
  if (schema.anyOf) schema.anyOf = schema.anyOf.flatMap((option) => option.oneOf ?? [option])
}

/** What a name may be while the section that would define another is not there. */
const withoutSections = {
  allOf: [
    {
      if: { not: { properties: { pscs: true }, required: ['pscs'] } },
      then: {
        properties: {
          clients: entriesWith({ psc: { type: 'string', enum: [...pscNames] } }),
          credentials: entriesWith({
            issuer: {
              type: 'string',
              anyOf: [{ enum: ['motor-rce', ...pscNames] }, { pattern: ':' }],
            },
          }),
        },
      },
    },
    {
      if: { not: { properties: { certificates: true }, required: ['certificates'] } },
      then: { properties: { clients: entriesWith({ certificate: { type: 'object' } }) } },
    },
  ],
}

function entriesWith(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', additionalProperties: { type: 'object', properties } }
}
