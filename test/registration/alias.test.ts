import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { PscRegistration } from '../../provider/registration/resource.ts'
import { byJson } from './support.ts'

const type = 'pulumi-nodejs:dynamic/psc:PscRegistration'
const urn = `urn:pulumi:test::psc::${type}::portal`

before(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name }) => ({ id: name, state: {} }),
    call: () => ({}),
  })
})

/** The alias that a renamed registration gives its attempt. */
function aliasOfAttempt(alias: pulumi.URN | pulumi.Alias): Promise<unknown> {
  return new Promise((resolve) => {
    const parent = new pulumi.ComponentResource(
      'test:Parent',
      'parent',
      {},
      {
        transformations: [
          ({ type, opts }) => {
            if (type.endsWith('Attempt')) pulumi.output(opts.aliases?.[0]).apply(resolve)
            return undefined
          },
        ],
      },
    )
    new PscRegistration('novo', { ...byJson, psc: 'vidaas' }, { parent, aliases: [alias] })
  })
}

for (const [form, alias, expected] of [
  ['a name', { name: 'portal' }, { name: 'portal' }],
  ['a name and a type', { name: 'portal', type }, { name: 'portal', type: `${type}Attempt` }],
  ['a URN', urn, urn.replace('::portal', 'Attempt::portal')],
] as const) {
  test(`The alias of a registration is one of its attempt too: ${form}`, async () => {
    assert.deepEqual(await aliasOfAttempt(alias), expected)
  })
}
