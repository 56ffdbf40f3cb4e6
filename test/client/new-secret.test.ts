import assert from 'node:assert/strict'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { openProvider, portal as documented, refusals, useProvider } from '../support/fixture.ts'

const first = 'not-a-secret-first'
const next = 'not-a-secret-next'
const client = { clientId: 'portal', certificate: documented.certificate }
const clients = [{ ...client, clientSecret: first }]
const fixture = useProvider('PscClient', { pscs: { birdid: { clients }, vidaas: { clients } } })
const applicationName = 'Portal do Cidadao'
const folder = mkdtempSync(join(tmpdir(), 'psc-new-secret-'))
const variable = 'PSC_TEST_NEW_SECRET'

process.on('exit', () => {
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  Reflect.deleteProperty(process.env, variable)
})

/** Each with a part of the reason. */
const wrong: readonly (readonly [secret: string, reason: RegExp])[] = [
  [` ${next}`, /begins with a space/],
  [`${next} `, /ends with a space/],
  [`${next}\n\n`, /ends with U\+000A LINE FEED/],
  [`${next}\r\r`, /ends with U\+000D CARRIAGE RETURN/],
  [`\t${next}`, /begins with U\+0009 TAB/],
  [`\u00A0${next}`, /begins with U\+00A0 NO-BREAK SPACE/],
  [`"${next}"`, /in quotes/],
  [`'${next}'`, /in quotes/],
  [`“${next}”`, /in quotes/],
  [`not-a\u200B-secret`, /contains U\+200B ZERO WIDTH SPACE/],
  [`not-a\uFEFF-secret`, /contains U\+FEFF/],
  [`not-a\n-secret`, /contains U\+000A LINE FEED/],
  ['not-a-sécret', /a letter that is not ASCII/],
  ['not–a–secret', /contains U\+2013 EN DASH/],
  ['${PORTAL_SECRET}', /placeholder/],
  ['undefined', /missing value/],
  ['[object Object]', /of an object/],
  ['Calling [toString] on an [Output<T>] is not supported.', /Output/],
  ['CHANGE_ME', /placeholder of a template/],
  ['{"client_secret":"not-a-secret"}', /JSON/],
  ['   ', /white space/],
  ['portal', /client id/],
  ['Portal', /client id/],
  ['PORTAL_SECRET_NOVO', /name of a variable/],
  ['/run/secrets/portal', /path of a file/],
  ['bash: vault: command not found', /error of a command/],
  [
    'An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation',
    /error of a command/,
  ],
  ['Unable to locate credentials', /error of a command/],
  [applicationName, /e-mail address of the client/],
  [documented.email.toUpperCase(), /e-mail address of the client/],
  [`"${next}`, /quotation mark/],
  [`${next}'`, /quotation mark/],
  [`${next} # novo`, /comment of a file/],
  [`${next}\t#novo`, /comment of a file/],
  ['not-a-secret-next\\n', /ends in a line break/],
  ['not-a&amp;secret', /escaped for HTML/],
  [first, /same secret as previousClientSecret/],
  [`${first}\r\n`, /same secret as previousClientSecret/],
  [variable, /own reference/],
  [variable.toLowerCase(), /own reference/],
]

const declared = {
  ...documented,
  ...client,
  name: applicationName,
  clientSecret: { env: variable },
  previousClientSecret: first,
}

/** Fails unless the first secret still works. */
async function assertInForce(psc: 'birdid' | 'vidaas'): Promise<void> {
  fixture.provider = await openProvider('PscClient', fixture.config)
  const plain = { ...declared, psc, clientSecret: first, previousClientSecret: undefined }
  await fixture.provider.create(plain)
}

/** The maintenance requests. None may be sent with a wrong secret. */
function writes(): number {
  return fixture.emulator.requests.list({ operation: 'clientMaintenance' }).length
}

describe('a new secret', () => {
  for (const psc of ['birdid', 'vidaas'] as const) {
    for (const [secret, reason] of wrong) {
      it(`A rotation at ${psc} does not set ${inspect(secret)}`, async () => {
        process.env[variable] = secret
        await assert.rejects(fixture.provider.create({ ...declared, psc }), (error: Error) => {
          assert.match(error.message, reason)
          assert.match(error.message, /\[ERR_PSC_SECRET_TEXT\]$/)
          assert.doesNotMatch(error.message, /not-a|sécret/)
          return true
        })
        assert.equal(writes(), 0)
        await assertInForce(psc)
      })
    }
  }

  it('A preview refuses a wrong new secret, and one that cannot try it warns', async () => {
    process.env[variable] = ` ${next}`
    const [reason] = await refusals(fixture.provider, { ...declared, psc: 'birdid' })
    assert.match(reason ?? '', /begins with a space.*\[ERR_PSC_SECRET_TEXT\]$/)
    assert.deepEqual(await refusals(fixture.provider, { ...declared, psc: 'vidaas' }), [])
    assert.match(fixture.warnings.join('\n'), /begins with a space.*\[WARN_PSC_SECRET_TEXT\]/)
  })

  const file = join(folder, 'secret.txt')
  for (const end of ['', '\n', '\r\n', '\r']) {
    const text = `${next}${end}`
    const places = {
      env: { env: variable },
      file: { file },
      config: { config: 'novo' },
      'nested config': { config: 'segredos.novo' },
      'config with a key in quotes': { config: 'segredos["a.b"][0]' },
      inline: text,
    }
    for (const [place, clientSecret] of Object.entries(places)) {
      it(`A secret in ${place} that ends in ${inspect(end)} is set without it`, async () => {
        process.env[variable] = text
        writeFileSync(file, text)
        const segredos = JSON.stringify({ novo: text, 'a.b': [text] })
        const config = { ...fixture.config, novo: text, segredos }
        fixture.provider = await openProvider('PscClient', config)
        await fixture.provider.create({ ...declared, psc: 'birdid', clientSecret })
        const [request] = fixture.emulator.requests.list({ operation: 'clientMaintenance' })
        assert.ok(request)
        process.env[variable] = next
        fixture.provider = await openProvider('PscClient', fixture.config)
        const plain = { ...declared, psc: 'birdid', previousClientSecret: undefined }
        await fixture.provider.create(plain)
      })
    }
  }

  it('A 401 names what is wrong with the secret', async () => {
    const faults = [
      [` ${first}`, /begins with a space/],
      [`"${first}"`, /in quotes/],
      ['portal', /equals the client id/],
      [variable, /is the name in its own reference/],
    ] as const
    for (const [secret, fault] of faults) {
      process.env[variable] = secret
      const alone = { ...declared, psc: 'birdid', previousClientSecret: undefined }
      const [reason] = await refusals(fixture.provider, alone)
      assert.match(reason ?? '', fault)
      assert.match(reason ?? '', /401.*\[invalid_client\]$/)
    }
  })

  it('A key of the configuration that is missing is named with the command that sets it', async () => {
    const clientSecret = { config: 'segredos.outro' }
    const config = { ...fixture.config, segredos: '{"novo":"not-a-secret"}' }
    fixture.provider = await openProvider('PscClient', config)
    await assert.rejects(fixture.provider.create({ ...declared, psc: 'birdid', clientSecret }), {
      message:
        /pulumi config set --secret --path 'segredos\.outro'.*\[ERR_PSC_SECRET_UNAVAILABLE\]$/,
    })
  })
})
