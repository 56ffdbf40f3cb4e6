import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { PscClient, PscRegistration, TokenCredential } from 'pulumi-psc'
import type { State } from '../support/stack.ts'
import { states } from '../upgrade/recordings.ts'

/**
 * Type → the line that the state of every resource of the type holds. The engine runs it to refresh or destroy the
 * resource, whichever version is installed by then.
 */
const lines: Readonly<Record<string, string>> = {
  'pulumi-nodejs:dynamic/psc:PscClient':
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscClient()",
  'pulumi-nodejs:dynamic/psc:TokenCredential':
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').TokenCredential()",
  'pulumi-nodejs:dynamic/psc:PscRegistration':
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistration()",
  'pulumi-nodejs:dynamic/psc:PscRegistrationAttempt':
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistrationAttempt()",
}

test('Every type of resource gives the engine its provider line, byte for byte', async () => {
  const given: Record<string, unknown> = {}
  await pulumi.runtime.setMocks({
    newResource({ type, inputs }) {
      given[type] = (inputs as { __provider: unknown }).__provider
      return { id: type, state: {} }
    },
    call: () => ({}),
  })
  const application = {
    psc: 'vidaas' as const,
    name: 'Portal',
    comments: 'Assinatura',
    email: 'suporte@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/callback'],
    certificate: { hosts: ['portal.exemplo.gov.br'] },
  }
  const client = { clientId: 'portal', clientSecret: { env: 'PORTAL_SECRET' } }
  const resources = [
    new PscClient('portal', { ...application, ...client }),
    new TokenCredential('portal', { issuer: 'vidaas', ...client }),
    new PscRegistration('portal', application),
  ]
  await Promise.all(resources.map(({ id }) => isKnown(id)))
  assert.deepEqual(given, lines)
})

test('Every recorded resource holds the provider line of its type, byte for byte', () => {
  for (const path of globSync('*/*.json', { cwd: states })) {
    const { deployment } = JSON.parse(readFileSync(join(states, path), 'utf8')) as State
    for (const { type, urn, inputs, outputs } of deployment.resources ?? []) {
      if (!type.startsWith('pulumi-nodejs:dynamic/')) continue
      const held = [inputs?.__provider, outputs?.__provider]
      assert.deepEqual(held, [lines[type], lines[type]], `${path}: ${urn}`)
    }
  }
})

/** Resolves when the engine has answered. */
function isKnown(id: pulumi.Output<string>): Promise<void> {
  return new Promise((done) => {
    id.apply(() => {
      done()
    })
  })
}
