// `node scripts/bill-of-materials.ts <tarball>`: prints the bill of materials (CycloneDX) of everything that an installation
// of the packed package brings, the SDK included. `npm sbom --omit dev` would leave out what a tool needs too.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [tarball] = process.argv.slice(2)
if (tarball === undefined) {
  console.error('Name the tarball that `npm pack` has written. [ERR_PSC_USAGE]')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'psc-bill-'))
// npm names the bill after this folder.
const unpacked = join(folder, 'pulumi-psc')
try {
  run(folder, 'tar', '-xzf', resolve(tarball))
  renameSync(join(folder, 'package'), unpacked)
  run(unpacked, 'npm', 'pkg', 'delete', 'devDependencies')
  run(unpacked, 'npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit')
  process.stdout.write(
    run(unpacked, 'npm', 'sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(cwd: string, command: string, ...args: string[]): string {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', shell })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}
