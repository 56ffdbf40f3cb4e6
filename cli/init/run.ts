import { resolve } from 'node:path'
import { FileError } from '../../provider/errors.ts'
import { readWhole } from '../../provider/read-file.ts'
import { CommandError } from '../errors.ts'
import { print } from '../output.ts'
import { writeFiles } from './files.ts'
import { nameOfFolder, writeRepository } from './init.ts'
import {
  type Answers,
  ask,
  defaults,
  type InitOptions,
  type Questions,
  validate,
} from './questions.ts'
import { say } from '../../provider/say.ts'
import { exampleClients, type Setup } from './setup.ts'

/** More than a spreadsheet of ten thousand clients. */
const longestSpreadsheet = 16 * 2 ** 20

const flags = {
  environments: '--environments',
  psc: '--psc',
  layout: '--layout',
  ci: '--ci',
  lang: '--lang',
} as const satisfies Record<keyof Answers, string>

/**
 * Writes a repository, or lists its files.
 *
 * @param questions default: asks at the terminal; undefined without one.
 * @throws {CommandError} for wrong usage, a spreadsheet with problems, or files that are in the way.
 */
export async function init(
  folder: string,
  { from, encoding, yes = false, dryRun = false, ...given }: InitOptions,
  questions?: Questions,
): Promise<void> {
  const answers = await complete(given, yes, from === undefined, questions)
  validate(answers)
  const { psc, ...rest } = answers
  const setup: Setup = { name: nameOfFolder(folder), ...rest }
  const clients =
    from === undefined ? exampleClients(setup, psc) : await readClients(from, encoding, setup)
  const files = writeFiles(setup, clients, from === undefined)
  if (!dryRun) writeRepository(folder, files)
  print(report(folder, files, dryRun))
}

async function complete(
  given: Partial<Answers>,
  isSilent: boolean,
  isPscNeeded: boolean,
  questions: Questions | undefined,
): Promise<Answers> {
  const missing = Object.keys(flags).filter(
    (key) => given[key as keyof Answers] === undefined && (key !== 'psc' || isPscNeeded),
  )
  if (isSilent || missing.length === 0) return { ...defaults(), ...given }
  if (questions) return ask(given, isPscNeeded, questions)
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const { terminal } = await import('./terminal.ts')
    return ask(given, isPscNeeded, terminal)
  }
  const names = missing.map((key) => flags[key as keyof Answers]).join(', ')
  throw new CommandError(
    'ERR_PSC_USAGE',
    say`there is no terminal to ask at. Give ${names}, or --yes for the defaults.`,
  )
}

async function readClients(file: string, encoding: InitOptions['encoding'], setup: Setup) {
  const { readSpreadsheet } = await import('./spreadsheet.ts')
  let bytes: Uint8Array
  try {
    bytes = readWhole(file, longestSpreadsheet)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new CommandError('ERR_PSC_SPREADSHEET', `${file}: ${error.detail}`, { cause: error })
  }
  return readSpreadsheet(file, bytes, encoding, setup)
}

function report(folder: string, files: ReadonlyMap<string, string>, dryRun: boolean): string {
  const list = [...files.keys()].map((file) => `  ${file}\n`).join('')
  if (dryRun) return `${say`init would write into ${resolve(folder)}:`}\n${list}`
  const enter = resolve(folder) === process.cwd() ? '' : `cd ${folder} && `
  return [
    say`Written into ${resolve(folder)}:`,
    list,
    say`Next: ${`${enter}npm install && npm start`}`,
    say`README.md continues from there.`,
    '',
  ].join('\n')
}
