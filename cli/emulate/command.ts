import type { Command } from 'commander'
import { wholeNumber } from '../flags.ts'

/** `pulumi-psc emulate [file…]`: serves PSCs until it is stopped. */
export function addEmulate(program: Command): void {
  program
    .command('emulate')
    .summary('serve PSCs on this machine')
    .description(
      'Serves the application services of PSCs on this machine, until Ctrl-C: those of manifests, or of a configuration of the emulator.',
    )
    .argument('[file...]', 'manifests, or one configuration (default: clients.yaml)')
    .option(
      '--stack <name>',
      "play the PSCs of a stack's manifest; may be repeated",
      (name: string, before: readonly string[]) => [...before, name],
      [] as readonly string[],
    )
    .option(
      '--port <port>',
      "the port, of several the first; 0 takes free ones (default: the configuration's, or 8080)",
      wholeNumber(0, 65_535),
    )
    .option(
      '--host <host>',
      "the address to listen on (default: the configuration's, or 127.0.0.1)",
    )
    .addHelpText('after', help)
    .action(
      async (
        files: string[],
        { stack: stacks, ...options }: { stack: string[]; port?: number; host?: string },
      ) => {
        const { emulate } = await import('./emulate.ts')
        await emulate({ files, stacks, ...options })
      },
    )
}

const help = `
Each PSC of each manifest gets a port of its own. Its clients are those of the
manifest, as declared. The command prints the settings that lead a stack there.

A secret that is available here is used and never printed. For another one, the
command prints a stand-in that the emulator takes.

The address of each PSC shows its clients, the requests and scripted faults.

Exit codes: 0 stopped, 1 a problem, 2 wrong usage, 4 a line cannot be written.`
