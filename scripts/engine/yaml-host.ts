// The YAML language host, for tests and examples in YAML. Pulumi's own download of the CLI contains it.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildTool, hasGo, oldestGo } from './from-go.ts'
import { engineFolder, place } from './index.ts'

const name = process.platform === 'win32' ? 'pulumi-language-yaml.exe' : 'pulumi-language-yaml'

/** The newest version of the host in the module proxy. */
const version = '1.25.0'

const scratch = resolve('node_modules', '.cache', 'pulumi-engine', 'yaml-host')

/**
 * Ensures that the engine runs YAML programs: takes an installed host, or builds it with Go once.
 *
 * @throws an error with the remedies if there is neither a host nor Go.
 */
export async function ensureYamlHost(): Promise<void> {
  if (existsSync(join(engineFolder(), name))) return
  if (!hasGo(scratch)) {
    throw new Error(
      `There is no ${name} in ${engineFolder()}, and no Go to build it. Install Go ≥ ${oldestGo}, or put the host there.`,
    )
  }
  const output = join(scratch, 'bin', name)
  await buildTool(
    {
      title: 'YAML language host',
      folder: scratch,
      package: 'github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml',
      version: `v${version}`,
    },
    version,
    output,
  )
  place(output, engineFolder())
}
