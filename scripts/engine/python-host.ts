// The Python language host, for the example in Python. Pulumi's own download of the CLI contains a newer one.
import { chmodSync, copyFileSync, existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { buildTool, go, hasGo, oldestGo } from './from-go.ts'
import { engineFolder, place } from './index.ts'

const scratch = resolve('node_modules', '.cache', 'pulumi-engine', 'python-host')

/** The newest version of the host in the module proxy. It takes the Python that is first on the PATH. */
const version = '3.66.0'

/**
 * Ensures that the engine runs Python programs: takes an installed host, or builds it with Go once.
 *
 * @throws an error with the remedies if there is neither a host nor Go.
 */
export async function ensurePythonHost(): Promise<void> {
  const name = 'pulumi-language-python'
  if (existsSync(join(engineFolder(), name))) return
  if (!hasGo(scratch)) {
    throw new Error(
      `There is no ${name} in ${engineFolder()}, and no Go to build it. Install Go ≥ ${oldestGo}, or put the host there.`,
    )
  }
  const output = join(scratch, 'bin', name)
  const folder = `github.com/pulumi/pulumi/sdk/v3/python/cmd/${name}`
  await buildTool(
    { title: 'Python language host', folder: scratch, package: folder, version: `v${version}` },
    version,
    output,
  )
  // The host starts programs through a script beside it, which is not a part of the executable.
  const sources = (await go(scratch, ['list', '-f', '{{.Dir}}', folder])).trim()
  const script = join(dirname(output), `${name}-exec`)
  copyFileSync(join(dirname(sources), `${name}-exec`), script)
  chmodSync(script, 0o755)
  place(script, engineFolder())
  place(output, engineFolder())
}
