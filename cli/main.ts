#!/usr/bin/env node
import { createRequire } from 'node:module'
import { Command, Option } from 'commander'
import { say } from '../provider/say.ts'
import { storeCompiledCode } from './compile-cache.ts'
import { addEmulate } from './emulate/command.ts'
import { exitCodes, showFailure } from './errors.ts'
import { addFleet } from './fleet/command.ts'
import { help } from './help.ts'
import { addInit } from './init/command.ts'
import { languages, speakAsAsked } from './language.ts'
import { addLint } from './lint/command.ts'
import { addLogin } from './login/command.ts'
import { isOutputError, lostOutput, note, print, watchOutput } from './output.ts'
import { addProfiles } from './profiles/command.ts'
import { addReport } from './report/command.ts'
import { addSchema } from './schema/command.ts'
import { addVerify } from './verify/command.ts'

/** Lists the subcommands. Each loads its modules when it runs, so that it starts fast. */
const commands = [
  addInit,
  addLint,
  addSchema,
  addVerify,
  addLogin,
  addFleet,
  addReport,
  addProfiles,
  addEmulate,
]

function createProgram(): Command {
  const { version } = createRequire(import.meta.url)('pulumi-psc/package.json') as {
    version: string
  }
  const program = new Command('pulumi-psc')
    .description(say`OAuth clients registered with Brazilian PSCs: check, try and serve them.`)
    .version(version, '-V, --version', say`print the version`)
    .addOption(languageOption())
    .helpOption('-h, --help', say`print this help`)
    .helpCommand('help [command]', say`print the help of a command`)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp(help)
    // showFailure() prints errors, with their code.
    .configureOutput({ writeOut: print, writeErr: note, outputError: () => undefined })
  for (const add of commands) add(program)
  for (const command of program.commands) {
    // For their help. The program reads the option, before and after the name of a command.
    const isKnown = command.options.some(({ long }) => long === '--lang')
    if (!isKnown) command.addOption(languageOption())
  }
  return program
}

function languageOption(): Option {
  const description = say`the language (default: from LANG)`
  return new Option('--lang <lang>', description).choices(languages)
}

/** Tells whether a command shall print JSON, also for arguments that it cannot read. */
function wantsJson(argv: readonly string[]): boolean {
  const isFormat = (arg: string, index: number) =>
    arg === '--format=json' || (arg === 'json' && argv[index - 1] === '--format')
  return argv.includes('--json') || argv.some(isFormat)
}

/** Runs a command and returns its exit code. Reports that its output was lost, whatever its result. */
async function main(argv: readonly string[]): Promise<number> {
  const code = await run(argv).catch((error: unknown) => {
    if (!isOutputError(error)) throw error
    // A file that the command writes. Lost output is reported below.
    if (!lostOutput()) note(`pulumi-psc: ${error.message}\n`)
    return exitCodes.output
  })
  const lost = lostOutput()
  if (!lost) return code
  note(`pulumi-psc: ${lost.message}\n`)
  return exitCodes.output
}

async function run(argv: readonly string[]): Promise<number> {
  let command = 'pulumi-psc'
  const program = createProgram().hook('preAction', (_, running) => {
    command += ` ${running.name()}`
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (isOutputError(error)) throw error
    return await showFailure(
      error,
      { command, json: wantsJson(argv) },
      {
        print: (line) => {
          print(`${line}\n`)
        },
        note: (line) => {
          note(`${line}\n`)
        },
      },
    )
  }
}

storeCompiledCode()

watchOutput()

await speakAsAsked(process.argv.slice(2), process.env)

// Not process.exit(), which truncates pending output to a pipe.
process.exitCode = await main(process.argv.slice(2))
