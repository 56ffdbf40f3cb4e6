// The kinds of program that Pulumi runs on Node.js. Each declares one client with the class, and one with a manifest.

export interface Program {
  /** Path → contents, beside Pulumi.yaml. */
  readonly files: Readonly<Record<string, string>>
  readonly main: string
  /** Of Pulumi.yaml. */
  readonly runtime: unknown
  /** Whether the program is an ES module, for package.json. */
  readonly type: 'module' | 'commonjs'
  /** What package.json names beside the SDK and this package. */
  readonly packages: Readonly<Record<string, string>>
}

export const uris = {
  portal: 'https://portal.exemplo.gov.br/callback',
  agenda: 'https://agenda.exemplo.gov.br/callback',
}

/** The arguments of a client, as a program in TypeScript or JavaScript writes them. */
export const args = `{
  psc: 'neoid',
  clientId: 'portal',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['${uris.portal}'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}`

const manifest = `clients:
  agenda:
    psc: neoid
    clientId: agenda
    clientSecret: { env: AGENDA_SECRET }
    name: Agenda do Cidadão
    comments: Marcação de horários
    email: suporte@exemplo.gov.br
    redirectUris: ['${uris.agenda}']
    certificate: { hosts: [agenda.exemplo.gov.br] }
`

const declarations = `const { clients } = declareManifest()
const portal = new PscClient('portal', ${args})
`
const imports = `import { PscClient } from 'pulumi-psc'
import { declareManifest } from 'pulumi-psc/manifest'

`
const exports = `export const agenda = clients.agenda?.name
export const url = portal.endpoints.authorize
`
const esm = imports + declarations + exports
const commonjs = `const { PscClient } = require('pulumi-psc')
const { declareManifest } = require('pulumi-psc/manifest')

${declarations}exports.agenda = clients.agenda.name
exports.url = portal.endpoints.authorize
`

const byNode = { name: 'nodejs', options: { typescript: false } }
const types = { '@types/node': '^24.0.0' }

/** A program that Pulumi compiles, with the compiler of the project if there is one. */
function compiled(compilerOptions: object, packages: Record<string, string> = {}): Program {
  return {
    main: 'index.ts',
    runtime: 'nodejs',
    type: 'commonjs',
    packages: { ...types, ...packages },
    files: {
      'index.ts': esm,
      'clients.yaml': manifest,
      'tsconfig.json': JSON.stringify({ compilerOptions, files: ['index.ts'] }),
    },
  }
}

/** The settings of Pulumi's template for TypeScript. */
const template = {
  strict: true,
  outDir: 'bin',
  target: 'es2020',
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
}
const nodenext = { ...template, module: 'nodenext', moduleResolution: 'nodenext' }
/** Those of the template until 2025. TypeScript 6 refuses `moduleResolution: node`. */
const node10 = { ...template, module: 'commonjs', moduleResolution: 'node' }

function plain(name: string, text: string, options: Partial<Program> = {}): Program {
  return {
    main: name,
    runtime: byNode,
    type: 'module',
    packages: {},
    ...options,
    files: { [name]: text, 'clients.yaml': manifest, ...options.files },
  }
}

const own = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  files: ['index.ts'],
}

export const programs = {
  'an ES module': plain('index.js', esm),
  'a CommonJS module': plain('index.js', commonjs, { type: 'commonjs' }),
  "TypeScript with Pulumi's own compiler": compiled(node10),
  "TypeScript 5 with the settings of Pulumi's old template": compiled(node10, {
    typescript: '^5.9.0',
  }),
  "TypeScript 5 with the settings of Pulumi's template": compiled(nodenext, {
    typescript: '^5.9.0',
  }),
  "TypeScript 6 with the settings of Pulumi's template": compiled(nodenext, {
    typescript: '^6.0.0',
  }),
  'TypeScript that Node.js runs': plain('index.ts', esm, {
    files: { 'tsconfig.json': JSON.stringify(own) },
    packages: { ...types, typescript: '^6.0.0' },
  }),
  'TypeScript that tsx runs': plain('index.ts', esm, {
    runtime: { name: 'nodejs', options: { typescript: false, nodeargs: '--import tsx' } },
    files: { 'tsconfig.json': JSON.stringify(own) },
    packages: { ...types, typescript: '^5.9.0', tsx: '^4.23.0' },
  }),
} as const satisfies Record<string, Program>

export type Kind = keyof typeof programs
