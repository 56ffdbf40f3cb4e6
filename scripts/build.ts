import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'

/** The files that `pulumi-psc init` fills in. */
const templates = 'cli/init/templates'
const sources = [
  'provider/**/*.{ts,cts}',
  'emulator/**/*.ts',
  'cli/**/*.{ts,cts}',
  `${templates}/*`,
]
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json']
/** Lists the sources of the last build, one a line. Its modification time is the start of that build. */
const stamp = '.psc/built'

/** The JSON Schema of a manifest in each language: editors read it at this path in the package. */
const schemas = { en: 'dist/clients.schema.json', pt: 'dist/clients.schema.pt.json' }

/** The schema of the package of the plugin, which the plugin reads beside itself. */
const packageSchema = 'dist/provider/plugin/schema.json'

const printPackageSchema = `
  import { readFileSync } from 'node:fs'
  import { packageSchema } from './dist/provider/plugin/schema.js'
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  console.log(JSON.stringify(packageSchema(version)))`

if (import.meta.main) {
  try {
    build()
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

/**
 * Compiles the package to dist/ if a source was changed, added or removed since the last build, and writes the schema of
 * a manifest.
 */
export function build(): void {
  const files = globSync(sources).sort()
  const built = existsSync('dist') && existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  const isSame = built === files.join('\n')
  if (isSame && isOlder([...files, ...settings], stamp)) return
  const began = new Date()
  // Otherwise the output of a deleted source would go into the package.
  if (!isSame) rmSync('dist', { recursive: true, force: true })
  runNode('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
  cpSync(templates, `dist/${templates}`, { recursive: true })
  for (const [lang, file] of Object.entries(schemas))
    writeFileSync(file, runNode('dist/cli/main.js', 'schema', '--lang', lang))
  writeFileSync(packageSchema, runNode('--input-type=module', '--eval', printPackageSchema))
  linkCommands()
  mkdirSync('.psc', { recursive: true })
  writeFileSync(stamp, files.join('\n'))
  utimesSync(stamp, began, began)
  console.log(`Built dist/ in ${((Date.now() - began.getTime()) / 1000).toFixed(1)} s.`)
}

/** Runs a script of Node.js. Returns what it prints. */
function runNode(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`${stdout}${stderr}\nThe build failed. Correct the errors above.`)
  return stdout
}

/** Links the commands as npm does for an installed package, so that `npx pulumi-psc` finds the newer Node.js beside it. */
function linkCommands(): void {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    bin: Readonly<Record<string, string>>
  }
  for (const [name, target] of Object.entries(bin)) {
    chmodSync(target, 0o755)
    const link = `node_modules/.bin/${name}`
    rmSync(link, { force: true })
    if (process.platform === 'win32')
      writeFileSync(`${link}.cmd`, `@node "%~dp0..\\..\\${target.replaceAll('/', '\\')}" %*\r\n`)
    else symlinkSync(`../../${target}`, link)
  }
}

function isOlder(files: readonly string[], than: string): boolean {
  const { mtimeMs } = statSync(than)
  return files.every((file) => statSync(file).mtimeMs < mtimeMs)
}
