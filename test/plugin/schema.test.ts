import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import ts from 'typescript'
import { manifestJsonSchema } from '../../provider/manifest/json-schema.ts'
import { packageSchema } from '../../provider/plugin/schema.ts'
import { environment } from '../../scripts/pulumi.ts'

interface Named {
  readonly description?: string
  readonly type?: string
  readonly $ref?: string
  readonly oneOf?: readonly Named[]
  readonly items?: Named
  readonly properties?: Readonly<Record<string, Named>>
  readonly inputProperties?: Readonly<Record<string, Named>>
  readonly requiredInputs?: readonly string[]
}

interface Schema {
  readonly types: Readonly<Record<string, Named>>
  readonly resources: Readonly<Record<string, Named>>
  readonly config: { readonly variables: Readonly<Record<string, Named>> }
}

const schema = packageSchema('1.2.3') as unknown as Schema

/** The names of the members of an interface. */
function membersOf(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  ) as ts.InterfaceDeclaration
  return found.members.map((member) => (member.name as ts.Identifier).text).sort()
}

/** The keys of an entry of the manifest's schema, beside the one that only a fleet reads. */
function keysOf(section: string): string[] {
  const { properties } = manifestJsonSchema() as unknown as {
    properties: Record<string, { additionalProperties: Named }>
  }
  const keys = Object.keys(properties[section]?.additionalProperties.properties ?? {})
  return keys.filter((key) => key !== 'stack').sort()
}

const inputsOf = (type: string): string[] =>
  Object.keys(schema.resources[type]?.inputProperties ?? {}).sort()

for (const { type, section, file, args } of [
  {
    type: 'psc:index:Client',
    section: 'clients',
    file: 'provider/client/resource.ts',
    args: 'PscClientArgs',
  },
  {
    type: 'psc:index:TokenCredential',
    section: 'credentials',
    file: 'provider/credential/resource.ts',
    args: 'TokenCredentialArgs',
  },
]) {
  test(`${type} has the fields of ${args} and of the manifest's ${section}, no more and no fewer`, () => {
    assert.deepEqual(inputsOf(type), membersOf(file, args))
    assert.deepEqual(inputsOf(type), keysOf(section))
  })
}

test('A profile of the package schema has the fields of one in a program and in a manifest', () => {
  const profile = Object.keys(schema.types['psc:index:PscProfile']?.properties ?? {}).sort()
  const withName = (keys: string[]) => [...keys, 'name'].sort()
  assert.deepEqual(profile, withName(keysOf('pscs')))
})

/** Each published name with its type: what a program in any language is written against. */
function publishedNames(): Record<string, string> {
  const typeOf = ({ type, $ref, oneOf, items }: Named): string =>
    oneOf?.map(typeOf).join(' | ') ??
    (items ? `list of ${typeOf(items)}` : ($ref?.replace('#/types/psc:index:', '') ?? type ?? ''))
  const named = (of: string, properties: Readonly<Record<string, Named>> = {}) =>
    Object.entries(properties).map(([name, property]) => [`${of}.${name}`, typeOf(property)])
  return Object.fromEntries([
    ...named('config', schema.config.variables),
    ...Object.entries(schema.types).flatMap(([name, { properties }]) => named(name, properties)),
    ...Object.entries(schema.resources).flatMap(([name, resource]) => [
      ...named(`${name} input`, resource.inputProperties),
      ...named(`${name} output`, resource.properties),
      [`${name} required`, resource.requiredInputs?.join(', ') ?? ''],
    ]),
  ]) as Record<string, string>
}

test('The published names of the plugin and their types are those of published-names.json', () => {
  const published = readFileSync('test/plugin/published-names.json', 'utf8')
  assert.deepEqual(publishedNames(), JSON.parse(published))
})

test('No description of the package schema speaks of a manifest or of a key of one', () => {
  const descriptions = JSON.stringify(schema).match(/"description":"[^"]*"/g) ?? []
  assert.ok(descriptions.length > 50)
  assert.deepEqual(
    descriptions.filter((text) => /manifest|`|for a key that/i.test(text)),
    [],
  )
})

test('No input of the package schema is a secret, so that a reviewer reads each reference', () => {
  assert.ok(!JSON.stringify(schema).includes('"secret":'))
})

test('The engine reads the package schema from the plugin', () => {
  const env = environment({ folder: '.', stack: 'test', backend: '.psc/test/schema' })
  const args = ['package', 'get-schema', './node_modules/.bin/pulumi-resource-psc']
  const { stdout: output, stderr, status } = spawnSync('pulumi', args, { env, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  assert.deepEqual(Object.keys((JSON.parse(output) as Schema).resources), [
    'psc:index:Client',
    'psc:index:TokenCredential',
  ])
  assert.equal((JSON.parse(output) as { version: string }).version, version)
})
