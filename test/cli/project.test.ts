import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findProject, readValues } from '../../cli/project.ts'
import { emulate } from '../../cli/emulate/emulate.ts'
import { CommandError } from '../../cli/errors.ts'
import { folderWith, psc } from './psc.ts'

const usage = { name: CommandError.name, code: 'ERR_PSC_USAGE' }

describe('Pulumi.yaml', () => {
  const wrong: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['not YAML', 'name: "portal\nruntime: [', /Pulumi\.yaml: the file cannot be read as YAML/],
    ['empty', '', /Pulumi\.yaml: the project has no name/],
    ['a list', '- name: portal', /Pulumi\.yaml: the project has no name/],
    ['without a name', 'runtime: nodejs', /Pulumi\.yaml: the project has no name/],
  ]
  for (const [what, text, message] of wrong) {
    test(`A Pulumi.yaml that is ${what} is one error of fleet and of lint --stack`, async () => {
      const cwd = folderWith({ 'Pulumi.yaml': text })
      for (const args of [
        ['fleet', 'preview'],
        ['lint', '--stack', 'dev'],
      ]) {
        const { code, stderr } = await psc(args, { cwd })
        assert.equal(code, 2)
        assert.match(stderr, message)
        assert.match(stderr, /^[^\n]*\[ERR_PSC_USAGE\]\n$/)
      }
    })
  }

  test('A Pulumi.yaml may have CR line ends', () => {
    const folder = folderWith({ 'Pulumi.yaml': 'name: portal\rruntime: nodejs\r' })
    assert.equal(findProject(folder)?.name, 'portal')
  })
})

describe('a file of settings that is not a regular file', () => {
  const message = /the path is that of a FIFO, a socket or a device\. Name a regular file\./
  const folder = folderWith({})
  const fifo = join(folder, 'Pulumi.yaml')
  spawnSync('mkfifo', [fifo])

  test('A Pulumi.yaml that is a FIFO is refused', () => {
    assert.throws(() => findProject(folder), { ...usage, message })
  })

  for (const file of [fifo, '/dev/zero', '/dev/stdin']) {
    test(`The settings of a stack are not read from ${file === fifo ? 'a FIFO' : file}`, () => {
      assert.throws(() => readValues(file), { ...usage, message })
    })

    test(`The emulator does not read its configuration from ${file === fifo ? 'a FIFO' : file}`, async () => {
      await assert.rejects(emulate({ files: [file] }), { code: 'ERR_PSC_EMULATOR_CONFIG', message })
    })
  }
})
