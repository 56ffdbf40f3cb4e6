import { type Command, Option } from 'commander'
import { print } from '../output.ts'
import { say, sayLater } from '../../provider/say.ts'

interface LintOptions {
  readonly strict?: boolean
  readonly stack?: string
  readonly allowPath: readonly string[]
  readonly format: 'text' | 'json' | 'github' | 'gitlab' | 'sarif'
}

/** `pulumi-psc lint`: reports every problem of every manifest. */
export function addLint(program: Command): void {
  program
    .command('lint')
    .summary(say`check manifests offline, without an engine`)
    .description(
      say`Checks manifests and their certificates by the rules that a preview uses. Sends nothing to a PSC and reads no secret.`,
    )
    .argument('[manifest...]', say`the manifests (default: clients.yaml)`)
    .option('--strict', say`exit with 1 for warnings too; an expired certificate is an error`)
    .option(
      '--stack <name>',
      say`check with a stack's settings, from Pulumi.<name>.yaml, and check them too`,
    )
    .option(
      '--allow-path <folder>',
      say`a folder to which links may lead; may be repeated`,
      (folder: string, before: readonly string[]) => [...before, folder],
      [] as readonly string[],
    )
    .addOption(
      new Option(
        '--format <format>',
        say`text, json, github: annotations, gitlab: Code Quality, or sarif`,
      )
        .choices(['text', 'json', 'github', 'gitlab', 'sarif'])
        .default('text'),
    )
    .addHelpText('after', help)
    .action(async (files: string[], { strict = false, format, stack, allowPath }: LintOptions) => {
      const { refuseExpired, reports, summarize } = await import('./report.ts')
      const { checkFiles } = await import('./check.ts')
      const { withSmallYoungSpace } = await import('./memory.ts')
      if (stack !== undefined) await import('./stack.ts')
      const found = await withSmallYoungSpace(() => checkFiles(files, { stack, allowPath }))
      const checked = strict ? refuseExpired(found) : found
      const summary = summarize(checked)
      const text = reports[format](checked, summary)
      // Its libraries load only where a terminal wraps.
      const wraps = format === 'text' && process.stdout.isTTY
      print(wraps ? (await import('../table.ts')).wrapSentences(text) : text)
      if (summary.errors > 0 || (strict && summary.warnings > 0)) process.exitCode = 1
    })
}

const help = sayLater`
--stack takes psc:baseUrls and psc:certificateExpiryWarningDays, and without a
manifest also psc:manifest. It reads nothing that is encrypted.

A link is followed only inside of the folder of the manifest, and into a folder
of --allow-path. Only regular files are read.

Exit codes: 0 no error, 1 an error, 2 wrong usage, 4 the report cannot be
written.`
