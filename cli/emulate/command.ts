import type { Command } from 'commander'
import { CommandError } from '../errors.ts'
import { wholeNumber } from '../flags.ts'
import { print } from '../output.ts'
import { say, sayLater } from '../../provider/say.ts'

interface Options {
  readonly stack: readonly string[]
  readonly port?: number
  readonly host?: string
  readonly try?: boolean
}

/** `pulumi-psc emulate [file…]`: serves PSCs until it is stopped. */
export function addEmulate(program: Command): void {
  program
    .command('emulate')
    .summary(say`serve PSCs on this machine`)
    .description(
      say`Serves the application services of PSCs on this machine, until Ctrl-C: those of manifests, or of a configuration of the emulator.`,
    )
    .argument('[file...]', say`manifests, or one configuration (default: clients.yaml)`)
    .option(
      '--stack <name>',
      say`play the PSCs of a stack's manifest; may be repeated`,
      (name: string, before: readonly string[]) => [...before, name],
      [] as readonly string[],
    )
    .option(
      '--port <port>',
      say`the port, of several the first; 0 takes free ones (default: the configuration's, or 8080)`,
      wholeNumber(0, 65_535),
    )
    .option(
      '--host <host>',
      say`the address to listen on (default: the configuration's, or 127.0.0.1)`,
    )
    .option(
      '--try',
      say`preview, apply and verify each --stack against the emulator, then stop; nothing is left`,
    )
    .addHelpText('after', help)
    .action(async (files: string[], { stack: stacks, try: isTry = false, ...options }: Options) => {
      if (isTry) {
        const { tryStacks } = await import('./try.ts')
        await tryStacks({ stacks: namedStacks(files, stacks), print })
        return
      }
      const { emulate } = await import('./emulate.ts')
      await emulate({ files, stacks, ...options })
    })
}

function namedStacks(files: readonly string[], stacks: readonly string[]): readonly string[] {
  if (files.length === 0 && stacks.length > 0) return stacks
  throw new CommandError(
    'ERR_PSC_USAGE',
    say`--try: name the stacks with --stack, and no manifest.`,
  )
}

const help = sayLater`
Each PSC of each manifest gets a port of its own. Its clients are those of the
manifest, as declared. The command prints the settings that lead a stack there.

A secret that is available here is used and never printed. For another one, the
command prints a stand-in that the emulator takes.

The address of each PSC shows its clients, the requests and scripted faults.

Exit codes: 0 stopped, 1 a problem, 2 wrong usage, 4 a line cannot be written.`
