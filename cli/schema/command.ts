import { manifestJsonSchema } from '../../provider/manifest/schema.ts'

/** `psc schema`: prints the JSON Schema of a manifest. Returns the exit code. */
export function runSchema(): number {
  process.stdout.write(`${JSON.stringify(manifestJsonSchema(), undefined, 2)}\n`)
  return 0
}
