import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

/** Compiles a schema of this folder. */
export function validatorOf(name: 'gitlab-ci' | 'sarif-2.1.0'): ValidateFunction {
  const text = readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')
  // That of SARIF is of draft 4. It uses nothing that a later draft changed, but these two words.
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
}
