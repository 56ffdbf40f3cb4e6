import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { closeConnections } from '../../provider/http/connections.ts'
import { createAuthority } from './support/authority.ts'
import { sendInChild, temporaryFile, tlsServer } from './support/child.ts'
import { sendOnce } from './support/request.ts'
import { connectProxy, tunnelTo } from './support/proxy.ts'

const authority = await createAuthority()
const day = 86_400_000
const later = (days: number) => new Date(Date.now() + days * day)

afterEach(closeConnections)

describe('TLS', () => {
  it('TLS trusts the private authority that NODE_EXTRA_CA_CERTS names', async (t) => {
    const port = await tlsServer(t, await authority.issue('localhost'))
    const env = { NODE_EXTRA_CA_CERTS: temporaryFile(t, authority.cert) }
    assert.equal(await sendInChild(`https://localhost:${port}`, env), '200')
  })

  it('TLS trusts no other authority and says what to do', async (t) => {
    const port = await tlsServer(t, await authority.issue('localhost'))
    await assert.rejects(sendOnce(`https://localhost:${port}`), {
      kind: 'tls',
      transient: false,
      message: `the TLS certificate of https://localhost:${port} is not trusted: check the address, or add your own certificate authority with NODE_EXTRA_CA_CERTS (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`,
    })
  })

  it('NODE_TLS_REJECT_UNAUTHORIZED does not switch TLS off, neither directly nor behind a proxy', async (t) => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' }
    const port = await tlsServer(t, await authority.issue('localhost'))
    const origin = `https://localhost:${port}`
    const expected = /^tls: the TLS certificate of https:\S+ is not trusted/
    assert.match(await sendInChild(origin, env), expected)
    const proxy = await connectProxy(t, tunnelTo(port))
    const psc = 'https://psc.exemplo.gov.br'
    assert.match(await sendInChild(psc, { ...env, HTTPS_PROXY: proxy.url }), expected)
    const secure = { ...env, HTTPS_PROXY: origin }
    assert.match(await sendInChild(psc, secure), /^proxy: the proxy failed: the TLS certificate/)
  })

  it('TLS does not trust a self-signed certificate', async (t) => {
    const port = await tlsServer(t, await (await createAuthority()).itself())
    await assert.rejects(sendOnce(`https://localhost:${port}`), {
      kind: 'tls',
      transient: false,
      message: /is not trusted.*\(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
    })
  })

  const trusted = {
    'of another host': {
      host: 'outro.exemplo.gov.br',
      expected: 'belongs to another host: check the address (ERR_TLS_CERT_ALTNAME_INVALID)',
    },
    'that has expired': {
      host: 'localhost',
      validity: { notBefore: later(-3), notAfter: later(-2) },
      expected:
        'has expired: check the date of this machine, or tell its operator (CERT_HAS_EXPIRED)',
    },
    'of the future': {
      host: 'localhost',
      validity: { notBefore: later(2), notAfter: later(3) },
      expected: 'is not valid yet: check the date of this machine (CERT_NOT_YET_VALID)',
    },
  }
  for (const [name, { host, expected, ...rest }] of Object.entries(trusted)) {
    const validity = 'validity' in rest ? rest.validity : undefined
    it(`The message about a certificate ${name} names the problem`, async (t) => {
      const port = await tlsServer(t, await authority.issue(host, validity))
      const env = { NODE_EXTRA_CA_CERTS: temporaryFile(t, authority.cert) }
      const origin = `https://localhost:${port}`
      assert.equal(
        await sendInChild(origin, env),
        `tls: the TLS certificate of ${origin} ${expected}`,
      )
    })
  }

  it('The message names a server that does not speak TLS', async (t) => {
    const greeting = await connectProxy(
      t,
      () => undefined,
      (socket) => {
        socket.end('220 mail.exemplo.gov.br ESMTP\r\n')
      },
    )
    await assert.rejects(sendOnce(`https://127.0.0.1:${new URL(greeting.url).port}`), {
      kind: 'tls',
      transient: false,
      message: new RegExp(
        `^https://127\\.0\\.0\\.1:${new URL(greeting.url).port} could not agree on TLS \\(`,
      ),
    })
  })
})
