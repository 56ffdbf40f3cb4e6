import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { manifestOf } from '../manifest/support.ts'
import { createPem } from '../rules/support/certificate.ts'
import { folderWith, psc } from './psc.ts'

const hook = new URL('loaded-modules.ts', import.meta.url).href

const root = new URL('../../', import.meta.url).href

/** The packages and the folders of the project of which a run of the command loads anything. */
async function loadedBy(args: readonly string[], cwd: string) {
  const { stderr } = await psc(args, { cwd, node: ['--import', hook] })
  const urls = (JSON.parse(stderr) as string[]).filter((url) => url.startsWith(root))
  const paths = urls.map((url) => url.slice(root.length))
  const ofPackages = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//
  const packages = new Set(paths.flatMap((path) => ofPackages.exec(path)?.[1] ?? []))
  const own = paths.filter((path) => !ofPackages.test(path))
  return { packages: [...packages].sort(), folders: new Set(own.map((path) => dirname(path))) }
}

test('Lint loads neither the engine nor any module that uses a network', async () => {
  const cwd = folderWith({
    'clients.yaml': manifestOf({ certificate: '{ file: portal.pem }', email: 'nobody' }),
    'portal.pem': createPem({ dns: ['portal.exemplo.gov.br'] }),
  })
  const { packages, folders } = await loadedBy(['lint'], cwd)
  for (const name of ['@pulumi/pulumi', 'undici', 'oauth4webapi', 'hono']) {
    assert.ok(!packages.includes(name), name)
  }
  for (const room of ['client', 'credential', 'registration', 'proof', 'engine']) {
    assert.ok(!folders.has(`provider/${room}`), room)
  }
  assert.ok(!folders.has('emulator'))
  assert.ok(folders.has('provider/rules') && packages.includes('yaml'))
})

test('A valid manifest loads no library that only the excerpt of a problem needs', async () => {
  const { packages } = await loadedBy(['lint'], folderWith({ 'clients.yaml': manifestOf() }))
  assert.deepEqual(packages, ['commander', 'yaml', 'zod'])
})

test('The flag --help loads only the command line', async () => {
  const { packages } = await loadedBy(['--help'], folderWith({}))
  assert.deepEqual(packages, ['commander'])
})
