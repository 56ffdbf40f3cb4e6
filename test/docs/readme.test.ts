import assert from 'node:assert/strict'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, it } from 'node:test'
import { loadManifest, ManifestError } from '../../provider/manifest.ts'

const readme = readFileSync('README.md', 'utf8')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psc-readme-'))
  cpSync('examples/manifest', folder, { recursive: true })
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('The README has at most 200 lines', () => {
  assert.ok(readme.trimEnd().split('\n').length <= 200)
})

it('The first client of the README is a manifest without a problem', () => {
  const manifest = /```yaml\n(# yaml-language-server.*?)```/s.exec(readme)?.[1] ?? ''
  writeFileSync(join(folder, 'clients.yaml'), manifest)
  const { clients } = loadManifest(join(folder, 'clients.yaml'))
  assert.deepEqual(
    clients.map(({ key }) => key),
    ['portal'],
  )
})

it('The README shows the refusal of a redirect URI as a preview prints it', () => {
  const path = join(folder, 'clients.yaml')
  const wrong = readFileSync(path, 'utf8').replace(
    'https://portal.exemplo.gov.br/',
    'https://portal.exemplo.com.br/',
  )
  writeFileSync(path, wrong)
  const shown = /```\n(error: .*?)\n```/s.exec(readme)?.[1]
  assert.throws(
    () => loadManifest(path),
    (error) => {
      assert.ok(error instanceof ManifestError)
      assert.equal(shown, `error: ${error.message.replaceAll(path, 'clients.yaml')}`)
      return true
    },
  )
})

it('Each example in TypeScript has the tsconfig.json of docs/versions.md', () => {
  const [, printed = ''] =
    /```json\n(\{\s*"compilerOptions".*?)```/s.exec(readFileSync('docs/versions.md', 'utf8')) ?? []
  assert.notEqual(printed, '')
  for (const program of globSync('examples/*/index.ts')) {
    assert.equal(readFileSync(join(dirname(program), 'tsconfig.json'), 'utf8'), printed, program)
  }
})
