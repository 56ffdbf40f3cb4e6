import { type Command, Help, type Option } from 'commander'
import { say, sayLater } from '../provider/say.ts'

const headings: Readonly<Record<string, () => string>> = {
  'Usage:': sayLater`Usage:`,
  'Arguments:': sayLater`Arguments:`,
  'Options:': sayLater`Options:`,
  'Commands:': sayLater`Commands:`,
}

const commander = new Help()

/** Writes the help of every command in the language of the process. The summaries fit in 80 columns. */
export const help: Partial<Help> = {
  subcommandTerm: (command) => command.name(),
  styleTitle: (title) => headings[title]?.() ?? title,
  commandUsage: (command: Command) =>
    commander
      .commandUsage(command)
      .replace('[options]', say`[options]`)
      .replace('[command]', say`[command]`),
  optionDescription: (option: Option) =>
    describe(option.description, commander.optionDescription(option)),
  argumentDescription: (argument) =>
    describe(argument.description, commander.argumentDescription(argument)),
}

/** Translates what commander adds to a description. */
function describe(description: string, whole: string): string {
  const added = whole
    .slice(description.length)
    .replace('choices: ', say`choices: `)
    .replace('default: ', say`default: `)
    // The default of an option with a list of values.
    .replace(/ \(.*: \[\]\)$/, '')
  return description + added
}
