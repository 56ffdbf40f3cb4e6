// Pulumi's own generators of SDKs. `pulumi package gen-sdk` needs the host of each language, which only Pulumi's download has.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { go, hasGo, oldestGo } from './from-go.ts'
import { pinnedVersion } from './index.ts'

const source = 'scripts/engine/generate-sdks/main.go'

const scratch = resolve('node_modules', '.cache', 'pulumi-engine', `generate-sdks-${pinnedVersion}`)

/**
 * Ensures that the generators of the engine's version are built. Builds them with Go once.
 *
 * @returns the path of the program.
 * @throws an error without Go.
 */
export async function ensureSdkGenerator(): Promise<string> {
  const program = join(scratch, 'generate-sdks')
  const copy = join(scratch, 'main.go')
  const text = readFileSync(source, 'utf8')
  if (existsSync(program) && readFileSync(copy, 'utf8') === text) return program
  if (!hasGo(scratch)) {
    throw new Error(`There is no Go to build the generators of SDKs. Install Go ≥ ${oldestGo}.`)
  }
  rmSync(program, { force: true })
  mkdirSync(scratch, { recursive: true })
  copyFileSync(source, copy)
  writeFileSync(join(scratch, 'go.mod'), `module engine\n\ngo ${oldestGo}\n`)
  await go(scratch, ['get', `github.com/pulumi/pulumi/pkg/v3@v${pinnedVersion}`])
  await go(scratch, ['mod', 'tidy'])
  await go(scratch, ['build', '-o', program, '.'])
  return program
}
