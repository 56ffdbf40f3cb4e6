#!/usr/bin/env node
import { createRequire } from 'node:module'
import { Argument, Command, CommanderError, Option } from 'commander'
import { keepCompiled } from './compile-cache.ts'
import type { FleetFlags } from './fleet/plan.ts'
import type { Operation } from './fleet/tally.ts'

/** Exit codes of every command: nothing is wrong, a problem was found, or the command was used wrongly. */
const exitCodes = { good: 0, problem: 1, usage: 2 } as const

/** The `psc` command. What a command needs is loaded when it runs, so that each starts fast. */
function createProgram(end: (code: number) => void): Command {
  const program = new Command('psc')
    .description('OAuth clients registered with Brazilian PSCs: check, try and serve them.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .exitOverride()

  program
    .command('lint')
    .summary('check manifests without an engine and without a network')
    .description(
      'Checks manifests and the certificates that they name, by the rules that a preview uses. Nothing is asked of a PSC, and no secret is read.',
    )
    .argument('[manifest...]', 'the manifests (default: clients.yaml)')
    .option('--strict', 'exit with 1 for warnings too')
    .addOption(
      new Option('--format <format>', 'text, json, or github: annotations in a pull request')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .addHelpText('after', '\nExit codes: 0 no error, 1 an error, 2 wrong usage.')
    .action(async (files: string[], options: LintFlags) => {
      const { runLint } = await import('./lint/command.ts')
      end(runLint(files, options))
    })

  program
    .command('schema')
    .summary('print the JSON Schema of a manifest, for editors')
    .description(
      'Prints the JSON Schema (draft 2020-12) with which an editor completes and checks a manifest.\nKeep it beside the manifest, and begin the manifest with the line\n  # yaml-language-server: $schema=clients.schema.json',
    )
    .action(async () => {
      const { runSchema } = await import('./schema/command.ts')
      end(runSchema())
    })

  program
    .command('verify')
    .summary('obtain a token for every client and credential')
    .description(
      'Obtains a token for every client and credential of a manifest, several at a time, and changes nothing. PSCs at which a token has side effects are left out, and named.',
    )
    .argument('[manifest]', 'the manifest', 'clients.yaml')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nA secret in the configuration of a stack ({ config }) is not available here; that is no failure.\nExit codes: 0 nothing failed, 1 a credential failed or the manifest is wrong, 2 wrong usage.',
    )
    .action(async (manifest: string, options: { json?: boolean }) => {
      const { runVerify } = await import('./verify/command.ts')
      end(await runVerify(manifest, options))
    })

  program
    .command('login')
    .summary('prove that a person can sign in through a client')
    .description(
      'Walks a sign-in through a client: prints the authorize URL (PKCE, state), asks for the address that the browser ended on, exchanges the code, and shows what was granted. The token is never shown and not kept.',
    )
    .argument('<client>', 'a key of `clients` in the manifest')
    .option('--manifest <file>', 'the manifest', 'clients.yaml')
    .option(
      '--scope <scope>',
      'single_signature, multi_signature, signature_session or authentication_session (default: authentication_session)',
    )
    .option('--redirect-uri <uri>', "one of the client's redirect URIs (default: the first)")
    .option('--callback-url <url>', 'the address that the browser ended on; - reads it from stdin')
    .option('--json', 'print one JSON document')
    .addHelpText('after', loginHelp)
    .action(async (client: string, options: LoginFlags) => {
      const { runLogin } = await import('./login/command.ts')
      end(await runLogin(client, options))
    })

  program
    .command('fleet')
    .summary('preview, apply or refresh thousands of clients, in many stacks')
    .description(
      'Splits a manifest into stacks and runs them side by side with the Pulumi CLI: an entry belongs to the stack that its `stack:` names, otherwise to one of --shards N, by its name. Locks, state and history are those of your backend.',
    )
    .addArgument(
      new Argument('<operation>', 'what to do with every stack').choices([
        'preview',
        'up',
        'refresh',
      ]),
    )
    .argument('[manifest]', 'the manifest', 'clients.yaml')
    .option('--shards <number>', 'how many stacks the entries without a `stack:` are spread over')
    .option(
      '--shard <k/n>',
      'run only one part of the stacks, such as 3/8, and leave the rest to others',
    )
    .option('--prefix <name>', 'what the names of those stacks begin with', 'fleet')
    .option(
      '--parallel <number>',
      'how many stacks at once (default: the number of processors, at most 8)',
    )
    .option(
      '--config-file <file>',
      'one configuration for all stacks, instead of Pulumi.<stack>.yaml',
    )
    .option('--lock-wait <seconds>', 'how long to wait for stacks that another run is at', '300')
    .option('--checkpoints', 'write the state after every client at the first up of a stack too')
    .option('--json', 'print one JSON document')
    .addHelpText('after', fleetHelp)
    .action(async (operation: Operation, manifest: string, options: FleetFlags) => {
      const { runFleet } = await import('./fleet/command.ts')
      end(await runFleet(operation, manifest, options))
    })

  program
    .command('profiles')
    .summary('show what is known of each PSC, and how well')
    .description(
      'Shows what is known of each PSC: its environments, what it can do, and for every value whether it is confirmed and where it is from.',
    )
    .argument('[psc...]', 'the PSCs (default: all)')
    .option('--json', 'print one JSON document')
    .addOption(new Option('--markdown', 'print the table of the README').hideHelp())
    .action(async (names: string[], options: { json?: boolean; markdown?: boolean }) => {
      const { runProfiles } = await import('./profiles/command.ts')
      end(runProfiles(names, options))
    })

  program
    .command('emulate')
    .summary('serve PSCs on this machine')
    .description('Serves the application services of PSCs on this machine, until Ctrl-C.')
    .argument('<config>', 'the YAML file with clients, secrets and certificate names')
    .option('--port <port>', "the port; 0 takes a free one (default: the file's, or 8080)")
    .option('--host <host>', "the address to listen on (default: the file's, or 127.0.0.1)")
    .action(async (config: string, options: { port?: string; host?: string }) => {
      const { runEmulate } = await import('./emulate/command.ts')
      end(await runEmulate({ config, ...options }))
    })

  return program
}

const fleetHelp = `
up applies without asking: run preview first. A stack's errors do not end the others.
One manifest, one --prefix: a stack of the prefix in which the manifest declares nothing any more is emptied.
An entry may move to another stack at any time: the one that it leaves forgets it, the one that it enters adopts
it, and the client at the PSC stays as it is.

Exit codes: 0 all went well, 1 something was refused or failed or the manifest is wrong, 2 wrong usage.`

const loginHelp = `
In a terminal, one run does it all. Without one there are two ways:
  - two runs: the first prints the authorize URL and keeps the state and the PKCE verifier in a file that only you
    can read (below $XDG_STATE_HOME, or ~/.local/state); the second, within 10 minutes, gets --callback-url and
    uses it up.
  - one run with --callback-url -: the URL is printed on stderr, and the address is read from stdin.

The application at the redirect URI may see the code, and may use it first. Name a redirect URI at which no
application answers, or stop the application meanwhile.

Exit codes: 0 the sign-in works (or the first of two runs is done: "status": "waiting"), 1 it does not,
2 wrong usage.`

interface LoginFlags {
  readonly manifest: string
  readonly scope?: string
  readonly redirectUri?: string
  readonly callbackUrl?: string
  readonly json?: boolean
}

interface LintFlags {
  readonly strict?: boolean
  readonly format: 'text' | 'json' | 'github'
}

function readVersion(): string {
  const { version } = createRequire(import.meta.url)('pulumi-psc/package.json') as {
    version: string
  }
  return version
}

async function main(argv: readonly string[]): Promise<number> {
  let code: number = exitCodes.good
  try {
    await createProgram((result) => (code = result)).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.good : exitCodes.usage
  }
}

keepCompiled()

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// Not process.exit(), which cuts off what is still being written to a pipe.
process.exitCode = await main(process.argv.slice(2))
