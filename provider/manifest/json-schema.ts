import { z } from 'zod'
import { manifestSchema } from './schema.ts'

/**
 * The JSON Schema of a manifest (draft 2020-12), with which an editor completes and checks it.
 * It never refuses what `psc lint` accepts; what JSON Schema cannot say is left to `psc lint`.
 */
export function manifestJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema, { target: 'draft-2020-12', io: 'input' }) }
}
