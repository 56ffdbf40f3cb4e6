import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { duplicatesOf } from '../../provider/client/resource.ts'
import { declareManifest } from '../../provider/manifest.ts'
import { portal } from '../support/fixture.ts'

const psc = { extends: 'standard' }

const address = 'https://psc.exemplo.gov.br/v0/oauth'

function configure(baseUrls: unknown): void {
  pulumi.runtime.setAllConfig({ 'psc:baseUrls': JSON.stringify(baseUrls) })
}

afterEach(() => {
  pulumi.runtime.setAllConfig({})
})

describe('an address that only the configuration has', () => {
  it('Two names with one configured address are one PSC, at which a client is declared once', () => {
    const declare = (name: string) =>
      duplicatesOf(name, { ...portal, psc: { ...psc, name } }).map(({ path }) => path.join('.'))
    configure({ mine: address, ours: address })
    assert.deepEqual([declare('mine'), declare('ours')], [[], ['clientId', 'name']])
  })

  it('Two names with different configured addresses are two PSCs', () => {
    const declare = (name: string) =>
      duplicatesOf(name, { ...portal, psc: { ...psc, name, baseUrl: address } })
    configure({ one: 'https://um.exemplo.gov.br', two: 'https://dois.exemplo.gov.br' })
    assert.deepEqual([declare('one'), declare('two')], [[], []])
  })

  describe('of a PSC of the manifest', () => {
    let folder: string
    let file: string
    beforeEach(async () => {
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
        call: () => ({}),
      })
      folder = mkdtempSync(join(tmpdir(), 'psc-configured-'))
      file = join(folder, 'clients.yaml')
      const clients = { portal: { ...portal, psc: 'mine' } }
      writeFileSync(file, JSON.stringify({ pscs: { mine: psc }, clients }))
    })
    afterEach(() => {
      rmSync(folder, { recursive: true })
    })

    it('The configured address of a PSC is enough for the program', () => {
      configure({ mine: address })
      assert.deepEqual(Object.keys(declareManifest(file).clients), ['portal'])
    })

    it('A PSC without a configured address is refused', () => {
      configure({ other: address })
      assert.throws(() => declareManifest(file), { message: /the PSC "mine" needs a baseUrl/ })
    })

    it('An address that was configured without --path is named instead of the manifest', () => {
      pulumi.runtime.setAllConfig({ 'psc:baseUrls.mine': address })
      assert.throws(() => declareManifest(file), { message: /--path 'psc:baseUrls\.mine'/ })
    })

    it('An invalid configured address is refused', () => {
      configure({ mine: 'http://psc.exemplo.gov.br' })
      assert.throws(
        () => declareManifest(file),
        (error: Error) => {
          assert.ok(pulumi.RunError.isInstance(error))
          assert.match(error.message, /^psc:baseUrls: .*must be https/)
          return true
        },
      )
    })
  })
})
