import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Language, languages, spokenLanguage } from '../language.ts'
import { print } from '../output.ts'
import { say, sayLater } from '../../provider/say.ts'

interface ReportOptions {
  readonly stack?: string
  readonly state: readonly string[]
  readonly preview: readonly string[]
  readonly verify: readonly string[]
  readonly format: 'html' | 'md' | 'json' | 'csv'
  readonly lang: Language
  readonly timeZone: string
  readonly output?: string
}

/** `pulumi-psc report [manifest]`: writes a page that anyone can read. */
export function addReport(program: Command): void {
  program
    .command('report')
    .summary(say`write a page about clients and changes, for people`)
    .description(
      say`Writes what a change does, the inventory of clients, and warnings, from what is given: a manifest, states, previews and results of verify. Sends nothing and shows no secret.`,
    )
    .argument('[manifest]', say`the manifest (default: the stack's; see below)`)
    .option('--stack <name>', say`use a stack's addresses and settings, from Pulumi.<name>.yaml`)
    .option('--state <file...>', say`states, from pulumi stack export`, [])
    .option('--preview <file...>', say`previews, from pulumi preview --json`, [])
    .option('--verify <file...>', say`results of verify --json, or histories of --append`, [])
    .addOption(
      new Option('--format <format>', say`html, md for a comment, json, or csv: the inventory`)
        .choices(['html', 'md', 'json', 'csv'])
        .default('html'),
    )
    .addOption(
      new Option('--lang <lang>', say`the language (default: from LANG)`)
        .choices(languages)
        .default(spokenLanguage()),
    )
    .option(
      '--time-zone <zone>',
      say`the time zone of dates for people`,
      timeZone,
      'America/Sao_Paulo',
    )
    .option('--output <file>', say`write to a file, whole or not at all`)
    .addHelpText('after', help)
    .action(async (manifest: string | undefined, options: ReportOptions) => {
      const { buildReport } = await import('./build.ts')
      const { settings } = await import('../../provider/engine/configuration.ts')
      const { writeReport } = await import('./formats.ts')
      const { stack, state, preview, lang, format, output, timeZone } = options
      const isNeeded = manifest !== undefined || stack !== undefined
      const isAlone = state.length === 0 && preview.length === 0
      const { load } = await import('../stack.ts')
      const loaded = isNeeded || isAlone ? load(manifest, stack) : undefined
      const { byDefault } = settings.certificateExpiryWarningDays
      const report = buildReport(options, {
        loaded,
        stack: stack?.split('/').at(-1),
        warningDays: Number(loaded?.get('psc:certificateExpiryWarningDays') ?? byDefault),
        now: new Date(),
      })
      const text = await writeReport(report, format, { language: lang, timeZone })
      if (output === undefined) print(text)
      else {
        const { replaceFile } = await import('./replace-file.ts')
        replaceFile(output, text)
      }
    })
}

const help = sayLater`
The manifest is read if you name it or a stack, or give neither --state nor
--preview. --state, --preview and --verify take several files: put the manifest
before them.

JSON and CSV have dates in UTC.

Exit codes: 0 the report is written, whatever it says; 1 a file or the manifest
is wrong, 2 wrong usage, 4 the report cannot be written.`

/** Reads a time zone, as commander's `argParser` wants it. */
function timeZone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch {
    throw new InvalidArgumentError(say`Give a name such as America/Sao_Paulo or UTC.`)
  }
}
