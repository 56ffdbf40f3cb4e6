import { availableParallelism } from 'node:os'
import { Argument, type Command } from 'commander'
import { wholeNumber } from '../flags.ts'
import { say, sayLater } from '../../provider/say.ts'
import { type FleetOptions, type Operation, operations, readJob, readPrefix } from './options.ts'

/** `pulumi-psc fleet preview|up|refresh [manifest]`: splits a manifest into stacks and runs them side by side. */
export function addFleet(program: Command): void {
  program
    .command('fleet')
    .summary(say`preview, apply or refresh thousands of clients, in many stacks`)
    .description(
      say`Splits a manifest into stacks and runs them side by side with the Pulumi CLI. An entry belongs to the stack that its \`stack:\` names, otherwise to one of --shards N, by its name. Your backend holds locks, state and history.`,
    )
    .addArgument(new Argument('<operation>', say`what to do with every stack`).choices(operations))
    .argument('[manifest]', say`the manifest`, 'clients.yaml')
    .option(
      '--shards <number>',
      say`over how many stacks to spread the entries without a \`stack:\``,
      wholeNumber(1, 10_000),
    )
    .option('--shard <k/n>', say`run one part of the stacks alone, such as 3/8`, readJob)
    .option('--prefix <name>', say`the beginning of those stacks' names`, readPrefix, 'fleet')
    .option(
      '--parallel <number>',
      say`how many stacks run at once (at most 64)`,
      wholeNumber(1, 64),
      Math.min(8, availableParallelism()),
    )
    .option(
      '--config-file <file>',
      say`one configuration for all stacks, instead of Pulumi.<stack>.yaml`,
    )
    .option(
      '--lock-wait <seconds>',
      say`how long to wait for a stack that is in use by another run`,
      wholeNumber(0, 86_400),
      300,
    )
    .option('--checkpoints', say`save the state after every client at the first up too`)
    .option('--json', say`print one JSON document`)
    .addHelpText('after', help)
    .action(async (operation: Operation, manifest: string, options: FleetOptions) => {
      const { runFleet } = await import('./fleet.ts')
      process.exitCode = await runFleet(operation, manifest, options)
    })
}

const help = sayLater`
up applies without a question: run preview first. Errors in one stack do not end
the others.

Use one --prefix for one manifest: up empties a stack of the prefix in which the
manifest declares nothing.

An entry may move to another stack at any time. The old stack forgets it, the
new one adopts it, and the client at the PSC stays as it is.

Exit codes: 0 all went well, 1 something was refused or failed, or the manifest
is wrong, 2 wrong usage, 4 the report cannot be written.`
