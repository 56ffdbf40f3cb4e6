import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StackOptions } from '../support/stack.ts'

const args = `{
  psc: 'neoid',
  clientId: 'portal',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}`
const manifest = `clients:\n  portal: ${args.replaceAll('\n', ' ').replace(', }', ' }')}\n`
const imports = "import { PscClient } from 'pulumi-psc'\n"

/** What Pulumi's template for TypeScript has: ts-node, type checking, CommonJS. */
const template = {
  strict: true,
  outDir: 'bin',
  target: 'es2020',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
}

function typescript(compilerOptions: object): Omit<StackOptions, 'parent'> {
  return {
    runtime: 'nodejs',
    files: {
      'index.ts': `${imports}const portal = new PscClient('portal', ${args})\nexport const url = portal.endpoints.authorize\n`,
      'package.json': '{ "name": "program", "main": "index.ts" }',
      'tsconfig.json': JSON.stringify({ compilerOptions, files: ['index.ts'] }),
    },
  }
}

/** The kinds of program that Pulumi runs on Node, each declaring one client of the same PSC. */
export const programs: Readonly<Record<string, Omit<StackOptions, 'parent'>>> = {
  "TypeScript as in Pulumi's template": typescript(template),
  'TypeScript with the settings of before exports maps': typescript({
    ...template,
    module: 'commonjs',
    moduleResolution: 'node',
  }),
  'TypeScript that Node runs': {
    files: { 'index.ts': `${imports}new PscClient('portal', ${args})\n` },
  },
  'an ES module': {
    main: 'index.js',
    files: {
      'index.js': `${imports}new PscClient('portal', ${args})\n`,
      'package.json': '{ "name": "program", "type": "module" }',
    },
  },
  'a CommonJS module': {
    main: 'index.js',
    files: {
      'index.js': `const { PscClient } = require('pulumi-psc')\nnew PscClient('portal', ${args})\n`,
      'package.json': '{ "name": "program", "type": "commonjs" }',
    },
  },
  'the example program, with a manifest': {
    files: {
      'index.ts': readFileSync(join('examples', 'manifest', 'index.ts'), 'utf8'),
      'clients.yaml': manifest,
    },
  },
}
