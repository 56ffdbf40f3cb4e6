// One combination, from an empty folder to a stack without changes, as a user would do it.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { startEmulator } from '../../emulator/index.ts'
import { engineFolder } from '../../scripts/engine/index.ts'
import { pulumi } from '../../scripts/pulumi.ts'
import { quickStart } from '../support/quick-start.ts'
import { execute, fetchNode } from './downloads.ts'
import { managers, nodeOptionsOf } from './managers.ts'
import { programs, uris } from './programs.ts'
import type { Combination } from './table.ts'

const secrets = { portal: 'not-a-secret-portal', agenda: 'not-a-secret-agenda' }

/** Installs the packed package, checks the types of the program, previews it, applies it and previews it again. */
export async function tryOut(combination: Combination, tarball: string): Promise<void> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'psc-versions-'))
  try {
    await tryIn(home, combination, tarball)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function tryIn(home: string, combination: Combination, tarball: string): Promise<void> {
  const { root, folder, main } = write(home, combination, tarball)
  const path = [engineFolder(combination.engine), await fetchNode(combination.node)]
  const env = { ...process.env, PATH: [...path, process.env.PATH].join(delimiter) }
  await managers[combination.manager]({ root, folder, env })

  const nodeOptions = nodeOptionsOf(root)
  if ('typescript' in programs[combination.program].packages) {
    const script = join(folder, 'tsc.cjs')
    writeFileSync(script, "require('typescript/lib/tsc.js')\n")
    const types = [script, '--noEmit', '--project', dirname(main)]
    await execute('node', types, { cwd: folder, env: { ...env, NODE_OPTIONS: nodeOptions } })
  }

  const clients = Object.entries(secrets).map(([clientId, clientSecret]) => {
    return { clientId, clientSecret, certificate: { hosts: [`${clientId}.exemplo.gov.br`] } }
  })
  const emulator = await startEmulator({ config: { pscs: { neoid: { clients } } } })
  const baseUrls = { neoid: emulator.baseUrls.neoid }
  const settings = { config: { 'psc:baseUrls': baseUrls } }
  writeFileSync(join(folder, 'Pulumi.test.yaml'), JSON.stringify(settings))
  const options = [quickStart.NODE_OPTIONS, nodeOptions].filter(Boolean).join(' ')
  const project = {
    folder,
    stack: 'test',
    backend: join(home, 'state'),
    env: {
      ...quickStart,
      NODE_OPTIONS: options,
      PATH: env.PATH,
      PORTAL_SECRET: secrets.portal,
      AGENDA_SECRET: secrets.agenda,
    },
  }
  const succeed = async (...args: string[]): Promise<string> => {
    const { code, output } = await pulumi(project, args)
    assert.equal(code, 0, `pulumi ${args.join(' ')}:\n${output}`)
    return output
  }
  try {
    await succeed('stack', 'init', '--no-select')
    assert.match(await succeed('preview'), /\+ 3 to create/)
    const writes = () =>
      emulator.requests.list().filter(({ operation }) => operation === 'clientMaintenance').length
    assert.equal(writes(), 0)
    await succeed('up', '--yes', '--skip-preview')
    assert.equal(writes(), 2)
    for (const clientId of ['portal', 'agenda'] as const) {
      assert.deepEqual(emulator.registered('neoid', clientId)?.redirectUris, [uris[clientId]])
    }
    await succeed('preview', '--expect-no-changes')
    assert.equal(writes(), 2)
  } finally {
    await emulator.close()
  }
}

/** Writes the project. Returns the folder of the installation, that of Pulumi.yaml, and the path of the main file. */
function write(home: string, { sdk, program, layout }: Combination, tarball: string) {
  const { files, main: name, runtime, type, packages } = programs[program]
  const inWorkspace = layout === 'a package of a workspace'
  const place = layout === 'a folder with spaces and accents' ? 'os nossos cidadãos' : 'project'
  let root = join(home, place)
  mkdirSync(root)
  if (layout === 'a link to a folder') {
    symlinkSync(root, join(home, 'link'), 'junction')
    root = join(home, 'link')
  }
  const folder = inWorkspace ? join(root, 'program') : root
  const main = layout === 'a sub-folder of the project' ? join('src', name) : name
  const all = { '@pulumi/pulumi': sdk, 'pulumi-psc': `file:${tarball}`, ...packages }
  const document = { name: 'program', version: '1.0.0', private: true, type, dependencies: all }
  const texts: Record<string, string> = {
    'package.json': JSON.stringify(document),
    'Pulumi.yaml': JSON.stringify({ name: 'psc', runtime, main }),
  }
  for (const [path, text] of Object.entries(files)) texts[join(dirname(main), path)] = text
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (inWorkspace) {
    const workspace = { name: 'workspace', private: true, workspaces: ['program'] }
    writeFileSync(join(root, 'package.json'), JSON.stringify(workspace))
  }
  return { root, folder, main }
}
