import type { Command } from 'commander'
import { print } from '../output.ts'
import { say } from '../../provider/say.ts'

/** `pulumi-psc schema`: prints the JSON Schema of a manifest. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .summary(say`print the JSON Schema of a manifest, for editors`)
    .description(
      say`Prints the JSON Schema (draft 2020-12) with which an editor completes and checks a manifest.\nSave it beside the manifest, and begin the manifest with the line\n  # yaml-language-server: $schema=clients.schema.json`,
    )
    .action(async () => {
      const { manifestJsonSchema } = await import('../../provider/manifest/index.ts')
      print(`${JSON.stringify(manifestJsonSchema(), undefined, 2)}\n`)
    })
}
