import { type Command, Option } from 'commander'

interface LintOptions {
  readonly strict?: boolean
  readonly format: 'text' | 'json' | 'github'
}

/** `pulumi-psc lint`: reports every problem of every manifest. */
export function addLint(program: Command): void {
  program
    .command('lint')
    .summary('check manifests offline, without an engine')
    .description(
      'Checks manifests and their certificates by the rules that a preview uses. Sends nothing to a PSC and reads no secret.',
    )
    .argument('[manifest...]', 'the manifests (default: clients.yaml)')
    .option('--strict', 'exit with 1 for warnings too')
    .addOption(
      new Option('--format <format>', 'text, json, or github: annotations in a pull request')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .addHelpText('after', '\nExit codes: 0 no error, 1 an error, 2 wrong usage.')
    .action(async (files: string[], { strict, format }: LintOptions) => {
      const { checkManifest } = await import('../../provider/manifest/index.ts')
      const { reports, summarize } = await import('./report.ts')
      const checked = (files.length === 0 ? ['clients.yaml'] : files).map((file) =>
        checkManifest(file),
      )
      const summary = summarize(checked)
      process.stdout.write(reports[format](checked, summary))
      if (summary.errors > 0 || (strict === true && summary.warnings > 0)) process.exitCode = 1
    })
}
