import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import type { CertificateArgs } from '../../provider/engine/certificate-args.ts'
import { PscRegistration, type PscRegistrationArgs } from '../../provider/registration/resource.ts'
import { application, certificate, keyPem } from './support.ts'

type Inputs = Readonly<Record<string, unknown>>

/** Hears of each resource, as the engine does: a secret is an object with this key. */
const secretMark = '4dabf18193072939515e22adb298388d'

let hear: (inputs: Inputs) => void

before(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      hear(inputs as Inputs)
      return { id: name, state: {} }
    },
    call: () => ({}),
  })
})

/** What the engine is given of a registration: of its attempt, and of itself. */
async function givenToEngine(args: Pick<PscRegistrationArgs, 'certificate'>): Promise<Inputs[]> {
  const given: Inputs[] = []
  await new Promise<void>((resolve) => {
    hear = (inputs) => {
      if (given.push(inputs) === 2) resolve()
    }
    const privateKey = { env: 'PSC_TEST_KEY' }
    new PscRegistration('portal', { ...application, psc: 'neoid', privateKey, ...args })
  })
  return given
}

/** The values that are no secrets, as JSON. */
function plainPart(inputs: Inputs): string {
  return JSON.stringify(inputs, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && secretMark in value ? '[secret]' : value,
  )
}

describe('a private key beside the certificate', () => {
  const combined = certificate + keyPem
  const line = keyPem.split('\n')[3] ?? ''
  const forms: Readonly<Record<string, pulumi.Input<CertificateArgs>>> = {
    'in the program': { pem: combined },
    'as an output': { pem: pulumi.output(combined) },
    'as a promise': { pem: Promise.resolve(combined) },
    'in a certificate that is an output': pulumi.output({ pem: combined }),
    'in a certificate that is a promise': Promise.resolve({ pem: combined }),
  }
  for (const [name, given] of Object.entries(forms)) {
    it(`A private key in the certificate reaches the engine only as a secret: ${name}`, async () => {
      for (const inputs of await givenToEngine({ certificate: given })) {
        assert.ok(JSON.stringify(inputs).includes(line.slice(0, 20)))
        assert.doesNotMatch(plainPart(inputs), /PRIVATE KEY/)
        assert.ok(!plainPart(inputs).includes(line.slice(0, 20)))
      }
    })
  }

  it('A certificate without a private key is not hidden', async () => {
    for (const given of [{ pem: certificate }, { file: 'portal.pem' }, { hosts: ['a.gov.br'] }]) {
      for (const inputs of await givenToEngine({ certificate: given })) {
        assert.deepEqual(inputs.certificate, given)
      }
    }
  })

  it('A registration without a certificate gets none', async () => {
    for (const inputs of await givenToEngine({})) assert.equal(inputs.certificate, undefined)
  })
})
