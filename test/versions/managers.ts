// How each package manager installs the packages that a package.json names.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, execute, fetchPackage } from './downloads.ts'

export interface Project {
  /** The folder in which the manager is started: the root of a workspace, or the program's. */
  readonly root: string
  /** The folder of the program. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

type Install = (project: Project) => Promise<unknown>

const npm = (...flags: readonly string[]) => {
  const all = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...flags]
  return ({ root, env }: Project) => execute('npm', all, { cwd: root, env })
}

const yarnOf = async (
  name: string,
  version: string,
  args: readonly string[],
  { root, env }: Project,
) => {
  const tool = await fetchPackage(name, version)
  return execute('node', [join(tool, 'bin', 'yarn.js'), ...args], { cwd: root, env })
}

/** The settings of pnpm stand in the file of a workspace, which a project without members has too. */
const pnpm =
  (settings = ''): Install =>
  async ({ root, env }) => {
    const file = `storeDir: ${join(cache, 'pnpm')}\npackages: ['program']\nallowBuilds: { protobufjs: false, esbuild: false }\n`
    writeFileSync(join(root, 'pnpm-workspace.yaml'), file + settings)
    const tool = await fetchPackage(`@pnpm/exe.${process.platform}-${process.arch}`, '12.21.0')
    const flags = ['install', '--prefer-offline', '--no-frozen-lockfile']
    return execute(join(tool, 'pnpm'), flags, { cwd: root, env })
  }

const yarn =
  (nodeLinker: 'node-modules' | 'pnp'): Install =>
  async (project) => {
    const registry = (await execute('npm', ['config', 'get', 'registry'], { cwd: '.' })).trim()
    const settings = {
      nodeLinker,
      npmRegistryServer: registry,
      globalFolder: join(cache, 'yarn'),
      enableTelemetry: false,
      enableScripts: false,
      enableImmutableInstalls: false,
    }
    // JSON is YAML.
    writeFileSync(join(project.root, '.yarnrc.yml'), JSON.stringify(settings))
    writeFileSync(join(project.root, 'yarn.lock'), '')
    return yarnOf('@yarnpkg/cli-dist', '4.18.1', ['install'], project)
  }

/** Name → what it does in a folder with a package.json. */
export const managers = {
  npm: npm(),
  'npm with linked packages': npm('--install-strategy=linked'),
  pnpm: pnpm(),
  'pnpm with hoisted packages': pnpm('nodeLinker: hoisted\n'),
  'yarn 1': (project) => {
    const flags = ['--non-interactive', '--prefer-offline', '--cache-folder', join(cache, 'yarn-1')]
    return yarnOf('yarn', '1.22.22', ['install', ...flags], project)
  },
  'yarn 4 with node_modules': yarn('node-modules'),
  "yarn 4 with Plug'n'Play": yarn('pnp'),
  bun: async ({ root, env }) => {
    const tool = await fetchPackage(`@oven/bun-${process.platform}-${process.arch}`, '1.4.5')
    const own = { ...env, BUN_INSTALL_CACHE_DIR: join(cache, 'bun') }
    return execute(join(tool, 'bin', 'bun'), ['install'], { cwd: root, env: own })
  },
} as const satisfies Record<string, Install>

export type Manager = keyof typeof managers

/** What a Node.js needs to find packages: nothing, or the files of Plug'n'Play, as `yarn node` sets them. */
export function nodeOptionsOf(root: string): string {
  if (!existsSync(join(root, '.pnp.cjs'))) return ''
  const loader = join(root, '.pnp.loader.mjs')
  const flags = [`--require ${JSON.stringify(join(root, '.pnp.cjs'))}`]
  if (existsSync(loader)) flags.push(`--experimental-loader ${JSON.stringify(loader)}`)
  return flags.join(' ')
}
