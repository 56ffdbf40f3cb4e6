import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { locateManifest } from '../../provider/manifest/index.ts'

/** Makes a project with `main: src/index.ts` and these files, and finds its manifest in it. */
function locateIn(files: readonly string[], configured?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'psc-locate-'))
  const program = join(folder, 'src')
  mkdirSync(program)
  for (const file of files) writeFileSync(join(folder, file), '')
  return locateManifest(configured, { folder, program }).slice(folder.length + 1)
}

test('By default the manifest is clients.yaml beside the program, or else beside Pulumi.yaml', () => {
  assert.equal(locateIn(['clients.yaml']), 'clients.yaml')
  assert.equal(locateIn(['src/clients.yaml', 'clients.yaml']), 'src/clients.yaml')
  assert.equal(locateIn([]), 'src/clients.yaml')
})

test('The manifest of psc:manifest is relative to the folder of Pulumi.yaml, or else to the program', () => {
  assert.equal(locateIn(['other.yaml', 'src/other.yaml'], 'other.yaml'), 'other.yaml')
  assert.equal(locateIn(['src/other.yaml'], 'other.yaml'), 'src/other.yaml')
  assert.equal(locateIn([], 'other.yaml'), 'other.yaml')
})
