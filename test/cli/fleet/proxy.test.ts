import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, it } from 'node:test'
import { findProxyFault } from '../../../cli/fleet/proxy.ts'

type Env = Readonly<Record<string, string>>

const require = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'))

/** What gRPC itself does with the engine's address. */
const { mapProxyName } = require('@grpc/grpc-js/build/src/http_proxy.js') as {
  mapProxyName: (target: object, options: object) => { extraOptions: object }
}

const proxy = 'http://proxy.exemplo.gov.br:3128'

const environments: readonly Env[] = [
  {},
  { https_proxy: proxy },
  { http_proxy: proxy },
  { grpc_proxy: proxy },
  { HTTPS_PROXY: proxy },
  { https_proxy: 'https://proxy.exemplo.gov.br' },
  { https_proxy: 'proxy.exemplo.gov.br:3128' },
  { https_proxy: proxy, no_proxy: '127.0.0.1,localhost' },
  { https_proxy: proxy, no_proxy: '' },
  { https_proxy: proxy, NO_PROXY: '127.0.0.1,localhost' },
  { https_proxy: proxy, no_proxy: 'localhost' },
  { https_proxy: proxy, no_proxy: 'localhost, 127.0.0.1' },
  { https_proxy: proxy, no_proxy: 'localhost,' },
  { https_proxy: proxy, no_proxy: '*' },
  { https_proxy: proxy, no_proxy: '127.0.0.0/8' },
  { https_proxy: proxy, no_proxy: '10.0.0.0/8' },
  { https_proxy: proxy, no_proxy: '127.0.0.1', no_grpc_proxy: 'exemplo.gov.br' },
  { https_proxy: proxy, no_proxy: 'exemplo.gov.br', no_grpc_proxy: '127.0.0.1' },
]

const names = Object.keys(process.env).filter((name) => /proxy/i.test(name))
const before = Object.fromEntries(names.map((name) => [name, process.env[name]]))

const clear = () => {
  for (const name of Object.keys(process.env)) {
    if (/proxy/i.test(name)) Reflect.deleteProperty(process.env, name)
  }
}
beforeEach(clear)
afterEach(() => {
  clear()
  Object.assign(process.env, before)
})

for (const env of environments) {
  it(`gRPC and this package agree whether ${JSON.stringify(env)} breaks the connection to the engine`, () => {
    Object.assign(process.env, env)
    const { extraOptions } = mapProxyName({ scheme: 'dns', path: '127.0.0.1:40000' }, {})
    const isProxied = 'grpc.http_connect_target' in extraOptions
    const fault = findProxyFault(process.env)
    assert.equal(fault !== undefined, isProxied, fault)
    if (fault !== undefined) assert.match(fault, /127\.0\.0\.1,localhost/)
  })
}
