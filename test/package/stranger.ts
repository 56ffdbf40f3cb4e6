import { spawnSync } from 'node:child_process'
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const install = ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline']

/** A folder outside the repository into which npm installed the packed package. */
export class Stranger {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** Packs what is built and installs it, with what Pulumi's own TypeScript template asks for. */
  static create(): Stranger {
    const stranger = new Stranger(mkdtempSync(join(realpathSync(tmpdir()), 'stranger-')))
    const { folder } = stranger
    writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true }\n')
    run('.', ['npm', 'pack', '--ignore-scripts', '--pack-destination', folder])
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
    const sdk = `@pulumi/pulumi@${versionOf('@pulumi/pulumi')}`
    run(folder, [...install, `./${tarball}`, sdk, 'typescript@5', '@types/node@24'])
    return stranger
  }

  /** The paths of what was packed. */
  installed(): string[] {
    const root = join(this.folder, 'node_modules', 'pulumi-psc')
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function versionOf(name: string): string {
  const text = readFileSync(join('node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function run(cwd: string, [command = '', ...args]: string[]): void {
  const done = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}:\n${done.stdout}${done.stderr}`)
}
