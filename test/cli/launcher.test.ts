import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codes } from '../../provider/codes.ts'
import { folderWith } from './psc.ts'

const { bin, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  bin: Record<string, string>
  engines: { node: string }
}

/** Runs the command's entry as in a package that needs these versions of Node.js, and has another main module. */
function launch(node: string) {
  const folder = folderWith({ 'package.json': JSON.stringify({ engines: { node } }) })
  mkdirSync(join(folder, 'dist', 'cli'), { recursive: true })
  const launcher = join(folder, 'dist', 'cli', 'launcher.cjs')
  copyFileSync('dist/cli/launcher.cjs', launcher)
  mkdirSync(join(folder, 'dist', 'provider'))
  copyFileSync('dist/provider/oldest-node.cjs', join(folder, 'dist', 'provider', 'oldest-node.cjs'))
  // What an old Node.js says of a module that it cannot load.
  writeFileSync(
    join(folder, 'dist', 'cli', 'main.js'),
    "throw new SyntaxError('enableCompileCache')",
  )
  return spawnSync(process.execPath, [launcher], { encoding: 'utf8' })
}

test('The command says which Node.js it needs instead of loading its modules in an older one', () => {
  assert.ok('ERR_PSC_NODE' in codes)
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  for (const needed of [`${major}.${minor + 1}`, `${major + 1}.0`]) {
    const { status, stderr } = launch(`>=${needed}`)
    assert.equal(status, 1)
    assert.match(stderr, new RegExp(`^pulumi-psc: .* ${needed} or newer: .*\\[ERR_PSC_NODE\\]\\n$`))
  }
})

test('The command loads its modules in the Node.js that it needs, and in a newer one', () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  for (const needed of [`${major}.${minor}`, `${major - 1}.99`]) {
    assert.match(launch(`>=${needed}`).stderr, /enableCompileCache/)
  }
})

test('The commands of the package begin with the launcher', () => {
  assert.deepEqual(bin, {
    psc: 'dist/cli/launcher.cjs',
    'pulumi-psc': 'dist/cli/launcher.cjs',
    'pulumi-resource-psc': 'dist/provider/plugin/launcher.cjs',
  })
  const { status, stdout } = spawnSync(process.execPath, ['dist/cli/launcher.cjs', '--help'], {
    encoding: 'utf8',
  })
  assert.equal(status, 0)
  assert.match(stdout, /^Usage: pulumi-psc /)
  assert.match(engines.node, /^>=\d+\.\d+$/)
})
