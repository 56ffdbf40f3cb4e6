import type { Command } from 'commander'
import { CommandError } from '../errors.ts'
import { print } from '../output.ts'
import { say } from '../../provider/say.ts'

interface ProfilesOptions {
  readonly json?: boolean
}

/** `pulumi-psc profiles`: shows what is known of each PSC, how well, and from where. */
export function addProfiles(program: Command): void {
  program
    .command('profiles')
    .summary(say`show what is known of each PSC, and how well`)
    .description(
      say`Shows for each PSC its environments, what it can do, and for every value its source and whether it is confirmed.`,
    )
    .argument('[psc...]', say`the PSCs (default: all)`)
    .option('--json', say`print one JSON document`)
    .action(async (names: string[], options: ProfilesOptions) => {
      print(await showProfiles(names, options))
    })
}

/** @throws {CommandError} for an unknown PSC. */
async function showProfiles(names: readonly string[], { json }: ProfilesOptions): Promise<string> {
  const { describeUnknownPsc, isPscName, pscNames } = await import('../../provider/psc/index.ts')
  const unknown = names.find((name) => !isPscName(name))
  if (unknown !== undefined) {
    throw new CommandError('ERR_PSC_USAGE', describeUnknownPsc(unknown))
  }
  const chosen = names.length === 0 ? pscNames : names.filter(isPscName)
  const { jsonReport, textReport } = await import('./report.ts')
  return json === true ? jsonReport(chosen) : textReport(chosen)
}
