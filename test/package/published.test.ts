import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { brokenLinksOf, pagesOf } from '../support/links.ts'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}

interface Bill {
  readonly components: readonly { readonly name: string; readonly group?: string }[]
}

describe('the package as it is published', () => {
  let folder: string
  let tarball: string
  let packed: string
  before(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'published-'))
    const [{ filename }] = JSON.parse(
      run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder),
    ) as [{ filename: string }]
    tarball = join(folder, filename)
    run('tar', '-xzf', tarball, '-C', folder)
    packed = join(folder, 'package')
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const readManifest = () =>
    JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as Manifest

  it('publint has nothing to say of it', async () => {
    const { messages, pkg } = await publint({ pkgDir: packed, pack: false, strict: true })
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    )
  })

  it('Its types resolve as its code does, in every way of resolving modules', async () => {
    const data = new Uint8Array(readFileSync(tarball))
    const result = await checkPackage(createPackageFromTarballData(data))
    assert.ok(result.types !== false)
    // A CommonJS program may require an ES module since Node 22.12, which "engines" asks for.
    const problems = result.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')
    assert.deepEqual(problems, [])
  })

  it('Every relative link of its pages leads to a file in it', () => {
    assert.ok(pagesOf(packed).length > 10)
    assert.deepEqual(brokenLinksOf(packed), [])
  })

  it('It holds the schema that the command prints, in each language, for an editor without the command', () => {
    for (const [lang, file] of [
      ['en', 'clients.schema.json'],
      ['pt', 'clients.schema.pt.json'],
    ] as const) {
      const printed = run(process.execPath, 'dist/cli/main.js', 'schema', '--lang', lang)
      assert.equal(readFileSync(join(packed, 'dist', file), 'utf8'), printed)
    }
  })

  it('It runs nothing when it is installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']
    assert.deepEqual(
      Object.keys(readManifest().scripts).filter((name) => hooks.includes(name)),
      [],
    )
  })

  it('Its bill of materials names each of its dependencies, and none of the tests', () => {
    const bill = JSON.parse(run(process.execPath, 'scripts/bill-of-materials.ts', tarball)) as Bill
    const names = bill.components.map(({ group, name }) => (group ? `${group}/${name}` : name))
    const missing = Object.keys(readManifest().dependencies).filter((name) => !names.includes(name))
    assert.deepEqual(missing, [])
    assert.ok(!names.includes('eslint') && !names.includes('oidc-provider'))
  })

  it('Its API reference is complete: every exported name has a comment, and every link leads somewhere', () => {
    run(process.execPath, 'node_modules/typedoc/bin/typedoc', '--emit', 'none')
  })
})

function run(command: string, ...args: string[]): string {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell })
  assert.equal(status, 0, `${command} ${args.join(' ')}:\n${stdout}${stderr}`)
  return stdout
}
