// `npm start`: shows the whole job, from the first preview to a refused one, with the real Pulumi engine and the emulator
// in this process.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { parse } from 'yaml'
import { startEmulator, type Emulator } from '../emulator/index.ts'
import { pulumi, type Project } from './pulumi.ts'

// The project is a copy of the example, which the steps edit.
const example = join('examples', 'manifest')
const folder = join('.psc', 'demo')
const manifest = join(folder, 'clients.yaml')

/** The emulator's configuration for the example. */
const emulatorConfig = join(example, 'emulator.yaml')

const stopped = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    stopped.abort()
  })
}

let emulator: Emulator | undefined
try {
  emulator = await startEmulator({ config: emulatorConfig })
  await show(createDemo(emulator.baseUrls))
  sayWhatNext()
} catch (error) {
  const message = `${(error as Error).message} [ERR_PSC_SCRIPT]`
  console.error(stopped.signal.aborted ? '\nStopped.' : message)
  process.exitCode = stopped.signal.aborted ? 130 : 1
} finally {
  await emulator?.close()
}

async function show(project: Project): Promise<void> {
  const [before, after] = ['exemplo.gov.br/callback', 'exemplo.gov.br/entrar/callback']
  const created = await pulumi(project, ['stack', 'init', '--no-select'], {
    signal: stopped.signal,
  })
  if (created.code !== 0) throw new Error(created.output)

  step('1. Preview a stack of three clients at two PSCs. A preview changes nothing.')
  await run(project, ['preview'])
  step('2. Apply: write each client to its PSC.')
  await run(project, ['up', '--yes', '--skip-preview'])
  step('3. Preview again: nothing to do.')
  await run(project, ['preview', '--expect-no-changes'])
  step('4. A redirect URI changes. The reviewer sees:')
  editManifest(before, after)
  await run(project, ['preview', '--diff'])
  step('5. Apply the change.')
  await run(project, ['up', '--yes', '--skip-preview'])
  step('6. A redirect URI on a host outside the certificate is refused at preview.')
  editManifest(`portal.${after}`, 'portal.exemplo.com.br/callback')
  await run(project, ['preview'], 'refused')
}

interface Clients {
  readonly clients: Record<string, { clientId: string; clientSecret: { env: string } }>
}
interface Registered {
  readonly pscs: Record<string, { clients: { clientId: string; clientSecret: string }[] }>
}

/** Makes the project, and removes that of an earlier run. */
function createDemo(baseUrls: Readonly<Record<string, string>>): Project {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(example, folder, { recursive: true })
  const root = readFileSync('Pulumi.yaml', 'utf8')
  writeFileSync(join(folder, 'Pulumi.yaml'), root.replace(/^main: .*$/m, 'main: index.ts'))
  const config = JSON.stringify({ config: { 'psc:baseUrls': baseUrls } })
  writeFileSync(join(folder, 'Pulumi.demo.yaml'), config)
  return { folder, stack: 'demo', backend: join(folder, 'state'), env: secrets() }
}

/** Replaces a string in the project's manifest. */
function editManifest(from: string, to: string): void {
  const text = readFileSync(manifest, 'utf8')
  if (!text.includes(from)) throw new Error(`${manifest} has no ${from}. Correct the step.`)
  writeFileSync(manifest, text.replace(from, to))
}

/** Reads the clients' environment variables from the manifest, and their secrets from the emulator's configuration. */
function secrets(): Record<string, string> {
  const { clients } = parse(readFileSync(join(example, 'clients.yaml'), 'utf8')) as Clients
  const { pscs } = parse(readFileSync(emulatorConfig, 'utf8')) as Registered
  const registered = Object.values(pscs).flatMap((psc) => psc.clients)
  return Object.fromEntries(
    Object.values(clients).map(({ clientId, clientSecret }) => [
      clientSecret.env,
      registered.find((client) => client.clientId === clientId)?.clientSecret ?? '',
    ]),
  )
}

function step(text: string): void {
  console.log(`\n${styleText('bold', text)}`)
}

/** Shows a command and its output. An unexpected outcome ends the demonstration. */
async function run(
  project: Project,
  args: readonly string[],
  expected: 'done' | 'refused' = 'done',
): Promise<void> {
  console.log(styleText('dim', `$ pulumi ${args.join(' ')}`))
  let wasBlank = true
  const { code } = await pulumi(
    project,
    [
      ...args,
      '--suppress-progress',
      '--suppress-outputs',
      '--color',
      process.stdout.isTTY ? 'always' : 'never',
    ],
    {
      signal: stopped.signal,
      onLine: (line) => {
        const isBlank = line.trim() === ''
        if (!isBlank || !wasBlank) console.log(`  ${line}`)
        wasBlank = isBlank
      },
    },
  )
  stopped.signal.throwIfAborted()
  if ((code === 0) !== (expected === 'done')) {
    const wanted = expected === 'done' ? 'success' : 'a refusal'
    throw new Error(
      `\`pulumi ${args.join(' ')}\` exited with ${code}, but the demonstration expects ${wanted}. Read its output above.`,
    )
  }
}

function sayWhatNext(): void {
  console.log(`
${styleText('bold', 'This was the whole job. For clients at real PSCs:')}
  1. npx pulumi-psc init ../clients   (writes a repository for your team; it asks)
  2. cd ../clients && npm install && npm start
  3. Its README continues from there: client ids, secrets, npx pulumi preview, npx pulumi up.
The demonstration's state and manifest are in .psc/demo. README.md continues from here.`)
}
