import { type Command, Option } from 'commander'
import type { Scope } from '../../provider/psc/sign-in/index.ts'
import { say, sayLater } from '../../provider/say.ts'
import type { LoginOptions } from './login.ts'

/** `pulumi-psc login <client>`: tests a sign-in through a client, and shows the grant. */
export function addLogin(program: Command): void {
  program
    .command('login')
    .summary(say`prove that a person can sign in through a client`)
    .description(
      say`Walks a sign-in through a client: prints the authorize URL (PKCE, state), asks for the address that the browser ended on, exchanges the code, and shows what was granted. Never shows or stores the token.`,
    )
    .argument('<client>', say`a key of \`clients\` in the manifest`)
    .option('--manifest <file>', say`the manifest (default: the stack's, or clients.yaml)`)
    .option('--stack <name>', say`use a stack's addresses and settings, from Pulumi.<name>.yaml`)
    .addOption(
      new Option('--scope <scope>', say`what to ask for`)
        .choices(Object.keys(scopes))
        // The weakest scope: it allows no signature.
        .default('authentication_session'),
    )
    .option('--redirect-uri <uri>', say`one of the client's redirect URIs (default: the first)`)
    .option(
      '--login-hint <cpf|cnpj>',
      say`who signs in, for a PSC that needs it (login_hint); shown only masked`,
    )
    .addOption(
      new Option(
        '--callback-url <url>',
        say`give -, to read the address that the browser ended on from standard input, also without a terminal`,
      ).choices(['-']),
    )
    .option('--json', say`print one JSON document`)
    .addHelpText('after', help)
    .action(async (client: string, options: LoginOptions) => {
      const { login } = await import('./login.ts')
      const { openTerminal } = await import('./terminal.ts')
      const terminal = openTerminal()
      try {
        process.exitCode = await login(client, options, terminal)
      } finally {
        terminal.close()
      }
    })
}

/** Lists the scopes for the help, which must load nothing. The type keeps the list complete. */
const scopes: Readonly<Record<Scope, true>> = {
  single_signature: true,
  multi_signature: true,
  signature_session: true,
  authentication_session: true,
}

const help = sayLater`
A terminal asks for the address. A program reads the authorize URL from standard
error, and with --callback-url - it writes the address to standard input.

The application at the redirect URI may see the code and use it first. Give a
redirect URI at which no application answers, or stop the application meanwhile.

Exit codes: 0 the sign-in works, 1 it does not, 2 wrong usage, 4 the report
cannot be written.`
