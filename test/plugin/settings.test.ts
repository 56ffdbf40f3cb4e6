import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnProvider, readVariables, validateProvider } from '../../provider/plugin/settings.ts'
import { engineUnknown } from '../support/fixture.ts'

const code = '[ERR_PSC_CONFIGURATION]'

const refused = [
  { inputs: { prefligth: 'auto' }, names: ['prefligth', 'preflight'] },
  { inputs: { timeout: 5 }, names: ['timeout', 'timeoutSeconds'] },
  { inputs: { portalSecret: 'x' }, names: ['portalSecret', 'baseUrls', 'maxConnections'] },
  { inputs: { manifest: 'clients.yaml' }, names: ['manifest'] },
  { inputs: { preflight: 'never' }, names: ['preflight', 'auto, required or off'] },
  { inputs: { maxConnections: 0 }, names: ['maxConnections', '1 to 256'] },
  { inputs: { baseUrls: { neoid: 'ftp://x' } }, names: ['baseUrls', 'neoid'] },
  { inputs: { baseUrls: { neoyd: 'https://psc.exemplo.gov.br/v0' } }, names: ['neoyd', 'neoid'] },
]

for (const { inputs, names } of refused) {
  test(`A provider of the program with ${JSON.stringify(inputs)} is refused, with ${names.join(' and ')}`, () => {
    const [reason = '', ...others] = validateProvider(inputs)
    assert.deepEqual(others, [])
    assert.ok(reason.endsWith(code), reason)
    for (const name of names) assert.ok(reason.includes(name), reason)
    // The configuration of the stack cannot mend a provider.
    assert.doesNotMatch(reason, /psc:|pulumi config/)
  })
}

test('Every problem of a provider of the program is named at once', () => {
  assert.equal(validateProvider({ preflight: 'never', timeoutSeconds: 0, colour: 1 }).length, 3)
})

test('A setting with an unknown part is not validated in a preview', () => {
  const baseUrls = { neoid: engineUnknown, vidaas: 'https://psc.exemplo.gov.br/v0' }
  assert.deepEqual(validateProvider({ baseUrls, preflight: engineUnknown, version: '0.1.0' }), [])
})

test('A provider of the program has the settings of the stack that it leaves open', () => {
  const stack = JSON.stringify({ preflight: 'off', timeoutSeconds: '9', portalSecret: 'x' })
  const get = readVariables([['psc:config:timeoutSeconds', '5']], stack)
  assert.equal(get('psc:timeoutSeconds'), '5')
  assert.equal(get('psc:preflight'), 'off')
  assert.equal(get('psc:portalSecret'), 'x')
  assert.equal(get('psc:drift'), undefined)
})

test("A provider of the program is distinguished from the engine's default one", () => {
  const urn = (name: string) => `urn:pulumi:test::psc::pulumi:providers:psc::${name}`
  assert.deepEqual(
    ['default', 'default_0_1_0', 'defaults', 'homologacao'].map((name) => isOwnProvider(urn(name))),
    [false, false, true, true],
  )
})
