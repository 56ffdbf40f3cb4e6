import { z } from 'zod'
import type { PropertyPath } from '../rules/problem.ts'

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
