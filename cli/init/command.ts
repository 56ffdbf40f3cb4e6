import { type Command, InvalidArgumentError, Option } from 'commander'
import { say, sayLater } from '../../provider/say.ts'
import type { InitOptions } from './questions.ts'

/** `pulumi-psc init [folder]`: writes a repository of its own for a team. */
export function addInit(program: Command): void {
  program
    .command('init')
    .summary(say`write a repository of your own`)
    .description(
      say`Writes a repository that works at once: a manifest for each environment, the Pulumi project, a pipeline and a README. Overwrites nothing. At a terminal it asks for what no flag gives.`,
    )
    .argument('[folder]', say`where to write`, '.')
    .option(
      '--environments <names>',
      say`the environments, each a stack: homologation,production`,
      list,
    )
    .option('--psc <names>', say`the PSCs: neoid,vidaas`, list)
    .addOption(
      new Option(
        '--layout <layout>',
        say`a manifest for each stack, or one for many stacks`,
      ).choices(['manifest-per-stack', 'fleet']),
    )
    .addOption(new Option('--ci <ci>', say`the pipeline`).choices(['github', 'gitlab', 'none']))
    .addOption(new Option('--lang <lang>', say`the language of the team`).choices(['pt', 'en']))
    .option('--from <clients.csv>', say`take the clients of a spreadsheet`)
    .addOption(
      new Option('--encoding <encoding>', say`that of the spreadsheet`)
        .choices(['utf-8', 'windows-1252'])
        .default('utf-8'),
    )
    .option('--yes', say`take the default for what no flag gives, and ask nothing`)
    .option('--dry-run', say`list the files, and write none`)
    .addHelpText('after', help)
    .action(async (folder: string, _: InitOptions, command: Command) => {
      const { init } = await import('./run.ts')
      // The program has read --lang.
      await init(folder, command.optsWithGlobals<InitOptions>())
    })
}

function list(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (!names.includes('')) return [...new Set(names)]
  throw new InvalidArgumentError(say`Give names with a comma between them.`)
}

const help = sayLater`
Defaults: homologation,production; serproid; manifest-per-stack; github; the
language of this machine.

--from reads comma or semicolon, UTF-8 or --encoding windows-1252. The first row
names the columns, in any order:
  environment   one of --environments; not needed for a single one
  key           the name in the stack, unique in its environment
  psc           neoid, serproid, vidaas, birdid, vaultid or safeid
  clientId      as the PSC gave it
  secret        the environment variable of the secret, never the secret
                (default: KEY_SECRET)
  name, comments, email, redirectUris
  hosts         the names in the certificate, where the PSC compares them
Several redirect URIs or hosts in a cell have spaces or line breaks between.

Exit codes: 0 written, 1 a problem, 2 wrong usage, 4 the report cannot be
written.`
