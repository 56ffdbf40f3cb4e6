// The language hosts beside that of Node.js, for tests and examples. Pulumi's own download of the CLI contains newer ones.
import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildTool, go, hasGo, type Language, languageHosts, oldestGo } from './from-go.ts'
import { engineFolder, place } from './index.ts'

/**
 * Ensures that the engine runs programs in a language: takes an installed host, or builds it with Go once.
 *
 * @throws an error with the remedies if there is neither a host nor Go.
 */
export async function ensureLanguageHost(language: Exclude<Language, 'nodejs'>): Promise<void> {
  const name = `pulumi-language-${language}${process.platform === 'win32' ? '.exe' : ''}`
  if (existsSync(join(engineFolder(), name))) return
  const scratch = resolve('node_modules', '.cache', 'pulumi-engine', `${language}-host`)
  if (!hasGo(scratch)) {
    throw new Error(
      `There is no ${name} in ${engineFolder()}, and no Go to build it. Install Go ≥ ${oldestGo}, or put the host there.`,
    )
  }
  const host = languageHosts[language]
  // Another process may build it, too.
  const bin = join(scratch, `bin-${process.pid}`)
  const output = join(bin, name)
  await buildTool({ ...host, folder: scratch }, host.version.slice(1), output)
  if (language === 'python') {
    // The host starts programs through a script beside it, which is not a part of the executable.
    const sources = (await go(scratch, ['list', '-f', '{{.Dir}}', host.package])).trim()
    const script = join(bin, 'pulumi-language-python-exec')
    copyFileSync(join(sources, '..', 'pulumi-language-python-exec'), script)
    chmodSync(script, 0o755)
    place(script, engineFolder())
  }
  place(output, engineFolder())
  rmSync(bin, { recursive: true })
}
