import assert from 'node:assert/strict'
import { appendFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

/**
 * What every state in the world holds. It is written out here so that nobody changes it unawares: another text is a
 * change of every resource of every stack.
 */
const constantLine =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscClient()"

const client = {
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  clientSecret: 'not-a-secret-portal',
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}

const program = `
import { PscClient } from 'pulumi-psc'
new PscClient('portal', {
  psc: 'neoid',
  clientId: '${client.clientId}',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
})
`

describe('the door between the processes', () => {
  let emulator: Emulator
  let stack: Stack
  const installed = () => join(stack.folder, 'node_modules', 'pulumi-psc')

  before(async () => {
    emulator = await startEmulator({ config: { pscs: { neoid: { clients: [client] } } } })
    stack = await Stack.create({
      // A package of its own, so that the program finds the copy below and not this repository.
      files: { 'index.ts': program, 'package.json': '{"type":"module"}' },
      config: { 'psc:baseUrls': emulator.baseUrls },
      env: { PORTAL_SECRET: client.clientSecret },
    })
    cpSync('dist', join(installed(), 'dist'), { recursive: true })
    cpSync('package.json', join(installed(), 'package.json'))
    await stack.succeed('up', '--yes', '--skip-preview')
  })
  after(async () => {
    stack.remove()
    await emulator.close()
  })

  it('is one constant line in the state, and nothing of the implementation', async () => {
    const { deployment } = await stack.state()
    const portal = deployment.resources?.find(({ urn }) => urn.endsWith('::portal'))
    assert.equal(portal?.inputs?.__provider, constantLine)
    assert.equal(portal.outputs?.__provider, constantLine)
  })

  it('brings a changed implementation to existing resources, without a diff', async () => {
    const file = join(installed(), 'dist', 'provider', 'client', 'verbs.js')
    appendFileSync(file, "\nconsole.warn('the second implementation')\n")
    for (const command of [
      ['preview', '--expect-no-changes'],
      ['refresh', '--yes', '--skip-preview'],
      ['destroy', '--yes', '--skip-preview'],
    ]) {
      assert.match(await stack.succeed(...command), /the second implementation/)
    }
  })
})
