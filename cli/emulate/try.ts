import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { styleText } from 'node:util'
import { pathToFileURL } from 'node:url'
import { parse, stringify } from 'yaml'
import { closeConnections } from '../../provider/http/connections.ts'
import { textReport } from '../verify/report.ts'
import { isFailed, targetsOf, verifyAll } from '../verify/verify.ts'
import { CommandError } from '../errors.ts'
import { type Project, readValues } from '../project.ts'
import { findStack, load, ofAllStacks } from '../stack.ts'
import { say } from '../../provider/say.ts'
import { environmentOf, type StandIn } from './environment.ts'
import { type Served, serve } from './serve.ts'

export interface TryOptions {
  readonly stacks: readonly string[]
  readonly print: (text: string) => void
}

/**
 * Tries stacks against the emulator: previews and applies each, and verifies its clients. The state and the settings are in
 * a folder of their own, which is removed. Sends nothing to a real PSC.
 *
 * @throws {CommandError} when Pulumi fails or a client is not verified.
 */
export async function tryStacks({ stacks, print }: TryOptions): Promise<void> {
  const loaded = stacks.map((stack) => environmentOf(load(undefined, stack), stack))
  const other = loaded.find(({ leftOut, systems }) => {
    return leftOut.length > 0 || systems.some(({ plays }) => plays === 'motor-rce')
  })
  if (other) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`--try: a credential of ${other.name} has an issuer whose address no setting replaces. Try a manifest without it.`,
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'psc-try-'))
  const { served, close } = await serve(loaded, { port: 0, onRequest: () => undefined })
  try {
    for (const one of served) await tryStack(one, folder, print)
  } finally {
    await close()
    await closeConnections()
    rmSync(folder, { recursive: true, force: true })
  }
  print(
    `\n${bold(say`Everything works.`)} ${say`Nothing was sent to a real PSC, and nothing is left of this run.`}\n`,
  )
}

async function tryStack(
  { environment, systems }: Served,
  folder: string,
  print: TryOptions['print'],
): Promise<void> {
  const { name, standIns } = environment
  const { project, path } = findStack(name)
  const baseUrls = Object.fromEntries(systems.map((system) => [system.name, system.baseUrl]))
  const { manifest } = load(undefined, name)
  const settings = {
    ...withoutEncrypted({ ...ofAllStacks(project), ...readValues(path) }),
    ...Object.fromEntries(standIns.flatMap((standIn) => configOf(standIn, project))),
    'psc:manifest': resolve(manifest.file),
    'psc:baseUrls': baseUrls,
  }
  writeFileSync(join(folder, 'Pulumi.yaml'), projectFile(project))
  writeFileSync(join(folder, `Pulumi.${name}.yaml`), stringify({ config: settings }))
  Object.assign(process.env, Object.fromEntries(standIns.flatMap(variableOf)))
  const run = (...args: string[]) => pulumi(folder, [...args, '--stack', name])
  const step = (text: string) => {
    print(`\n${bold(`${name}: ${text}`)}\n`)
  }
  step('preview')
  await run('stack', 'init', '--no-select')
  await run('preview', '--suppress-progress')
  step('up')
  await run('up', '--yes', '--skip-preview', '--suppress-progress')
  step(say`preview again: nothing is left to do`)
  await run('preview', '--expect-no-changes', '--suppress-progress')
  step('verify')
  const verdicts = await verifyAll(targetsOf({ manifest, baseUrls }), { withUris: true })
  print(textReport(verdicts))
  if (verdicts.some(isFailed)) {
    throw new CommandError(
      'ERR_PSC_TRY',
      say`${name}: a client is not as declared. Read the table above.`,
    )
  }
}

/** Writes a project beside the user's own: the same program, another folder for settings. */
function projectFile({ folder, program }: Project): string {
  const {
    main,
    stackConfigDir: _,
    backend: __,
    config: ___,
    ...rest
  } = parse(readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')) as Record<string, unknown>
  const absolute = typeof main === 'string' ? resolve(folder, main) : program
  return stringify({ ...rest, main: absolute })
}

function withoutEncrypted(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => !JSON.stringify(value).includes('"secure":')),
  )
}

/** Sets a secret of the stack's configuration to its stand-in, which is no secret. */
function configOf({ reference, value }: StandIn, { name }: Project): [string, string][] {
  if (!('config' in reference)) return []
  const { config } = reference
  return [[config.includes(':') ? config : `${name}:${config}`, value]]
}

function variableOf({ reference, value }: StandIn): [string, string][] {
  return 'env' in reference ? [[reference.env, value]] : []
}

async function pulumi(folder: string, args: readonly string[]): Promise<void> {
  const isQuiet = args[0] === 'stack'
  const output: Buffer[] = []
  const child = spawn('pulumi', [...args, '--non-interactive'], {
    cwd: folder,
    env: environmentVariables(folder),
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.push(chunk))
  }
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('close', settle).once('error', (error: NodeJS.ErrnoException) => {
      const detail = say`the Pulumi CLI is not installed here. Run npm install.`
      fail(error.code === 'ENOENT' ? new CommandError('ERR_PSC_TRY', detail) : error)
    })
  })
  if (code === 0) return
  throw new CommandError(
    'ERR_PSC_TRY',
    `${say`${`pulumi ${args[0] ?? ''}`} failed. Read its output.`}\n${Buffer.concat(output).toString()}`.trim(),
  )
}

function environmentVariables(folder: string): NodeJS.ProcessEnv {
  const noProxy = [process.env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  return {
    ...process.env,
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    no_proxy: noProxy,
    PULUMI_BACKEND_URL: `${pathToFileURL(folder).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_PSC_HOME: join(folder, 'psc'),
  }
}

function bold(text: string): string {
  return styleText('bold', text)
}
