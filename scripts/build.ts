import {
  chmodSync,
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
import { runToEnd } from './child.ts'

const sources = ['provider/**/*.ts', 'emulator/**/*.ts', 'cli/**/*.ts']
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
/** The sources of the last build, one a line; its time is the time at which that build began. */
const stamp = '.psc/built'

/** Compiles the package to dist/ when a source changed, came or went since the last time. */
export async function build(): Promise<void> {
  const files = globSync(sources).sort()
  const built = existsSync('dist') && existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  const isSame = built === files.join('\n')
  if (isSame && isOlder([...files, ...settings], stamp)) return
  const began = new Date()
  // What a deleted source left behind would go into the package.
  if (!isSame) rmSync('dist', { recursive: true, force: true })
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']
  const { code, stdout } = await runToEnd(process.execPath, tsc)
  if (code !== 0) throw new Error(`${stdout}\nThe build failed.`)
  linkCommand()
  mkdirSync('.psc', { recursive: true })
  writeFileSync(stamp, files.join('\n'))
  utimesSync(stamp, began, began)
  console.log(`Built dist/ in ${((Date.now() - began.getTime()) / 1000).toFixed(1)} s.`)
}

/** What npm does for an installed package: `npx psc` is at work at once, and finds the newer Node beside it. */
function linkCommand(): void {
  const [target, link] = ['dist/cli/main.js', 'node_modules/.bin/psc']
  chmodSync(target, 0o755)
  rmSync(link, { force: true })
  if (process.platform === 'win32')
    writeFileSync(`${link}.cmd`, `@node "%~dp0..\\..\\dist\\cli\\main.js" %*\r\n`)
  else symlinkSync(`../../${target}`, link)
}

function isOlder(files: readonly string[], than: string): boolean {
  const { mtimeMs } = statSync(than)
  return files.every((file) => statSync(file).mtimeMs < mtimeMs)
}
