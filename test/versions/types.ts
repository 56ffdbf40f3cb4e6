// The settings of tsconfig.json that people have, and the compilers that accept them. The types of dependencies are checked
// too, unlike in `programs.ts`.
import { readFileSync } from 'node:fs'
import { args } from './programs.ts'
import { isAll } from './table.ts'

const common = { strict: true, noEmit: true, skipLibCheck: false, types: [] }
const commonjs = { ...common, target: 'es2020', module: 'commonjs', moduleResolution: 'node' }
const nodenext = { ...common, target: 'es2020', module: 'nodenext', moduleResolution: 'nodenext' }

interface Settings {
  readonly compiler: '58' | '5' | '6' | '7'
  readonly compilerOptions: object
}

/** The settings of docs/versions.md, as printed. */
const [, block = ''] =
  /```json\n(\{\s*"compilerOptions".*?)```/s.exec(readFileSync('docs/versions.md', 'utf8')) ?? []
const printed = (JSON.parse(block) as { compilerOptions: object }).compilerOptions
const ofPage = { ...printed, noEmit: true }

const daily: Readonly<Record<string, Settings>> = {
  "TypeScript 5 with Pulumi's old template": { compiler: '5', compilerOptions: commonjs },
  'TypeScript 5.8 with the settings of docs/versions.md': {
    compiler: '58',
    compilerOptions: ofPage,
  },
  'TypeScript 7 with the settings of docs/versions.md': { compiler: '7', compilerOptions: ofPage },
  'TypeScript 7 with each option that makes it stricter': {
    compiler: '7',
    compilerOptions: {
      ...nodenext,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      isolatedDeclarations: true,
      declaration: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      jsx: 'react-jsx',
      paths: { '@app/*': ['./src/*'] },
    },
  },
}

const more: Readonly<Record<string, Settings>> = {
  'TypeScript 5.9 with the settings of docs/versions.md': {
    compiler: '5',
    compilerOptions: ofPage,
  },
  'TypeScript 6 with the settings of docs/versions.md': { compiler: '6', compilerOptions: ofPage },
  "TypeScript 6 with Pulumi's old template and ignoreDeprecations": {
    compiler: '6',
    compilerOptions: { ...commonjs, ignoreDeprecations: '6.0' },
  },
  'TypeScript 6 with verbatimModuleSyntax and a bundler': {
    compiler: '6',
    compilerOptions: {
      ...common,
      target: 'esnext',
      module: 'esnext',
      moduleResolution: 'bundler',
      verbatimModuleSyntax: true,
    },
  },
}

export const settings = isAll ? { ...daily, ...more } : daily

/** npm refuses a TypeScript 7 beside the SDK under its own name. */
export const compilers = {
  typescript58: 'npm:typescript@~5.8.0',
  typescript5: 'npm:typescript@^5.9.0',
  typescript6: 'npm:typescript@^6.0.0',
  typescript7: 'npm:typescript@^7.0.0',
}

export const typed = `import { ProfileError, PscClient, TokenCredential, type PscClientArgs } from 'pulumi-psc'
import { declareManifest, type DeclaredManifest } from 'pulumi-psc/manifest'

const args: PscClientArgs = ${args}
const declared: DeclaredManifest = declareManifest()
export const portal: PscClient = new PscClient('portal', args, { protect: true })
export const agenda: PscClient | undefined = declared.clients['agenda']
export const motor: TokenCredential = new TokenCredential('motor', {
  issuer: portal.psc,
  clientId: 'motor',
  clientSecret: { file: 'motor.secret' },
})
export const code: string = new ProfileError('x').code
`
