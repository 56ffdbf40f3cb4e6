import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { loadManifest } from '../../provider/manifest/load.ts'
import { ManifestError } from '../../provider/manifest/problem.ts'
import { createPem } from '../rules/support/certificate.ts'
import { soundClient } from '../rules/support/judge.ts'
import { check, manifestOf, now, readFrom } from './support.ts'

function argsOf(yaml: string, files: Readonly<Record<string, string>> = {}) {
  const { build, problems } = check(yaml, files)
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  return build?.().clients.map(({ args }) => args) ?? []
}

describe('the arguments of a client', () => {
  test('The arguments of a client come from its entry, under the name of the entry', () => {
    const { build } = check(manifestOf())
    assert.deepEqual(build?.().clients, [
      {
        key: 'portal',
        args: {
          psc: 'neoid',
          ...soundClient,
          certificate: { hosts: ['portal.exemplo.gov.br'] },
        },
      },
    ])
  })

  test('Clients keep the order of the entries, even with names that look like numbers', () => {
    const entry = manifestOf({ clientId: 'a', name: 'A' }).split('\n').slice(2).join('\n')
    const other = entry.replace('clientId: a', 'clientId: b').replace('name: A', 'name: B')
    const { build } = check(`clients:\n  zeta:\n${entry}  alfa:\n${other}`)
    assert.deepEqual(
      build?.().clients.map(({ key }) => key),
      ['zeta', 'alfa'],
    )
  })

  test('A client has preflight only where its entry has it', () => {
    assert.equal(argsOf(manifestOf({ preflight: 'off' }))[0]?.preflight, 'off')
  })

  test('A client at another base URL names the profile that it extends', () => {
    const local = 'pscs:\n  neoid: { baseUrl: http://127.0.0.1:8080/psc/v0/oauth }\n'
    assert.deepEqual(argsOf(local + manifestOf())[0]?.psc, {
      extends: 'neoid',
      baseUrl: 'http://127.0.0.1:8080/psc/v0/oauth',
    })
    assert.equal(argsOf(local + manifestOf({ psc: 'serproid' }))[0]?.psc, 'serproid')
  })

  test('A client at the documented base URL names the PSC alone', () => {
    const documented =
      'pscs:\n  neoid: { baseUrl: https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth }\n'
    assert.equal(argsOf(documented + manifestOf())[0]?.psc, 'neoid')
  })
})

describe('a secret', () => {
  const secretOf = (clientSecret: string) => argsOf(manifestOf({ clientSecret }))[0]?.clientSecret

  test('A secret stays the reference that the manifest has', () => {
    assert.deepEqual(secretOf('{ env: A_SECRET }'), { env: 'A_SECRET' })
    assert.deepEqual(secretOf('{ config: portalSecret }'), { config: 'portalSecret' })
    assert.equal(secretOf('not-a-secret-portal'), 'not-a-secret-portal')
  })

  test('A previous secret stays the reference that the manifest has', () => {
    const [args] = argsOf(
      manifestOf({ psc: 'vidaas', previousClientSecret: '{ file: segredos/antes }' }),
    )
    assert.deepEqual(args?.previousClientSecret, { file: 'segredos/antes' })
  })

  test('The file of a secret is relative to the manifest there, and to the working directory in the arguments', () => {
    const yaml = manifestOf({ clientSecret: '{ file: ../segredos/portal }' })
    const { clients } = loadManifest('deploy/dev/clients.yaml', {
      now,
      readFile: readFrom({ 'clients.yaml': yaml }),
    })
    assert.deepEqual(clients[0]?.args.clientSecret, { file: 'deploy/segredos/portal' })
  })

  test('The file of a secret is relative to the folder of the program that will read it', () => {
    const yaml = manifestOf({ clientSecret: '{ file: ../segredos/portal }' })
    const { clients } = loadManifest('deploy/dev/clients.yaml', {
      now,
      readFile: readFrom({ 'clients.yaml': yaml }),
      programFolder: resolve('program'),
    })
    assert.deepEqual(clients[0]?.args.clientSecret, { file: '../deploy/segredos/portal' })
  })

  test('The absolute path of a secret file does not change', () => {
    assert.deepEqual(secretOf('{ file: /run/secrets/portal }'), { file: '/run/secrets/portal' })
  })
})

describe('a certificate', () => {
  const pem = createPem({
    dns: ['portal.exemplo.gov.br'],
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
  })
  const shared = 'certificates:\n  portal: { file: certificados/portal.pem }\n'

  test('A certificate comes from its file, relative to the manifest, without what is not in the PEM', () => {
    const [args] = argsOf(shared + manifestOf({ certificate: 'portal' }), {
      [resolve('certificados/portal.pem').replaceAll('\\', '/')]: pem,
    })
    const { fingerprint256, ...kept } = args?.certificate ?? { hosts: [] }
    assert.deepEqual(kept, {
      hosts: ['portal.exemplo.gov.br'],
      notAfter: '2027-01-01T00:00:00.000Z',
    })
    assert.match(fingerprint256 ?? '', /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })

  test('A certificate file is read once, even if many clients and definitions use it', () => {
    const clients = Array.from({ length: 20 }, (_, index) =>
      manifestOf({
        clientId: `id-${index}`,
        name: `Nome ${index}`,
        certificate: index % 2 ? 'a' : 'b',
      })
        .replace('clients:\n', '')
        .replace('portal:', `portal-${index}:`),
    )
    const reads: string[] = []
    const files = readFrom({
      'clients.yaml': `certificates:\n  a: { file: x.pem }\n  b: { file: ./x.pem }\nclients:\n${clients.join('')}`,
      'x.pem': pem,
    })
    const { clients: loaded } = loadManifest('clients.yaml', {
      now,
      readFile: (path, limit) => {
        reads.push(path)
        return files(path, limit)
      },
    })
    assert.equal(loaded.length, 20)
    assert.deepEqual(reads, ['clients.yaml', resolve('x.pem')])
  })

  test('A certificate may stand in the manifest as indented text', () => {
    const indented = pem.replaceAll(/^/gm, '        ')
    const [args] = argsOf(manifestOf({ certificate: `\n      pem: |\n${indented}` }))
    assert.deepEqual(args?.certificate?.hosts, ['portal.exemplo.gov.br'])
  })

  test('A problem of a shared certificate is reported once, where it is defined', () => {
    const old = createPem({ dns: ['portal.exemplo.gov.br'], notAfter: '2026-03-01T00:00:00Z' })
    const second = manifestOf({ clientId: 'b', name: 'B', certificate: 'portal' })
    const { problems } = check(
      `${shared}${manifestOf({ certificate: 'portal' })}${second
        .replace('clients:\n', '')
        .replace('portal:', 'outro:')}`,
      { 'portal.pem': old },
    )
    assert.equal(problems.length, 1)
    const [{ severity, path, range, message } = assert.fail()] = problems
    assert.equal(severity, 'warning')
    assert.deepEqual(path, ['certificates', 'portal', 'file'])
    assert.deepEqual([range?.line, range?.column], [2, 19])
    assert.match(message, /2026-03-01/)
  })
})

describe('credentials', () => {
  test('A credential has an issuer, with an address where it needs one', () => {
    const { build } = check(
      [
        'credentials:',
        '  rce: { issuer: motor-rce, authBaseUrl: https://auth.exemplo.com.br, clientId: a, clientSecret: { env: A } }',
        '  psc: { issuer: serproid, clientId: b, clientSecret: { env: B } }',
      ].join('\n'),
    )
    assert.deepEqual(build?.().credentials, [
      {
        key: 'rce',
        args: {
          issuer: 'motor-rce',
          authBaseUrl: 'https://auth.exemplo.com.br',
          clientId: 'a',
          clientSecret: { env: 'A' },
        },
      },
      { key: 'psc', args: { issuer: 'serproid', clientId: 'b', clientSecret: { env: 'B' } } },
    ])
  })

  test('A credential without the address of motor-rce, or with a useless one, is refused', () => {
    const { problems } = check(
      [
        'credentials:',
        '  rce: { issuer: motor-rce, clientId: a, clientSecret: { env: A } }',
        '  psc: { issuer: serproid, authBaseUrl: https://a.br, clientId: b, clientSecret: { env: B } }',
        '  web: { issuer: http://a.br/token, clientId: b, clientSecret: { env: B } }',
        '  new: { issuer: keycloak, clientId: b, clientSecret: { env: B } }',
      ].join('\n'),
    )
    assert.deepEqual(
      problems.map(({ severity, path }) => `${severity} ${path.join('.')}`),
      [
        'error credentials.rce.authBaseUrl',
        'error credentials.psc.authBaseUrl',
        'error credentials.web.issuer',
        'error credentials.new.issuer',
      ],
    )
  })
})

describe('loading', () => {
  test('Loading throws all errors at once, with file, line, column, excerpt and caret', () => {
    const yaml = manifestOf({ psc: 'neoidd', email: 'nobody' })
    assert.throws(
      () => loadManifest('clients.yaml', { now, readFile: readFrom({ 'clients.yaml': yaml }) }),
      (error) => {
        assert.ok(error instanceof ManifestError)
        assert.equal(error.code, 'ERR_PSC_MANIFEST')
        assert.equal(error.problems.length, 2)
        assert.equal(
          error.message.split('\n').slice(0, 4).join('\n'),
          [
            'client portal',
            '  clients.yaml:3:10: error: psc: unknown PSC "neoidd". Did you mean neoid? [ERR_PSC_PROFILE]',
            '     3 |     psc: neoidd',
            '       |          ^^^^^^',
          ].join('\n'),
        )
        assert.match(error.message, /clients\.yaml:8:12: error: email: .*CONTATO_EMAIL_INVALIDO/)
        return true
      },
    )
  })

  test('Loading returns warnings and does not throw for them', () => {
    const yaml = manifestOf({ clientSecret: 'not-a-secret-portal' })
    const { warnings } = loadManifest('clients.yaml', {
      now,
      readFile: readFrom({ 'clients.yaml': yaml }),
    })
    assert.deepEqual(
      warnings.map(({ path }) => path),
      [['clients', 'portal', 'clientSecret']],
    )
  })
})

describe('the name of an entry', () => {
  const named = (name: string) =>
    check(manifestOf().replace('portal:', `${JSON.stringify(name)}:`)).problems.map(
      ({ severity, path, code }) => `${severity} ${path.join('.')} ${code}`,
    )

  test('The name of an entry with a placeholder is a warning, with the text of an Output an error', () => {
    for (const name of ['${APP}', 'portal-{{ ambiente }}', 'undefined']) {
      assert.deepEqual(named(name), [`warning clients.${name} WARN_PSC_PLACEHOLDER`])
    }
    const output = 'Calling [toString] on an [Output<T>] is not supported.'
    assert.deepEqual(named(output), [`error clients.${output} ERR_PSC_PLACEHOLDER`])
  })

  test('The name of an entry may be the name of a field', () => {
    for (const name of ['senha', 'secret', 'client-id', 'portal (2)', 'a/b']) {
      assert.deepEqual(named(name), [], name)
    }
  })
})
