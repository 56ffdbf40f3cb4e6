import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { stringify } from 'yaml'
import { manifestJsonSchema } from '../../provider/manifest/index.ts'
import { type NewManifest, writeManifests } from './manifest.ts'
import type { NewClient, Setup } from './setup.ts'
import { texts } from './texts.ts'

/** Writes the text of every file of the new repository, by its path. */
export function writeFiles(
  setup: Setup,
  clients: readonly NewClient[],
  isExample: boolean,
): ReadonlyMap<string, string> {
  const { ci, environments, lang, layout } = setup
  const manifests = writeManifests(setup, clients, isExample)
  const values = valuesOf(setup, manifests, clients)
  const fill = (template: string) => fillIn(template, values)
  const files: readonly (readonly [string, string])[] = [
    ['README.md', fill(`README.${lang}.md.template`)],
    ...manifests.map(({ file, text }) => [file, text] as const),
    ['clients.schema.json', `${JSON.stringify(manifestJsonSchema(), undefined, 2)}\n`],
    ['Pulumi.yaml', fill('Pulumi.yaml')],
    ...environments.map((name) => {
      const file = manifests[layout === 'fleet' ? 0 : environments.indexOf(name)]?.file
      return [`Pulumi.${name}.yaml`, stringify({ config: { 'psc:manifest': file } })] as const
    }),
    ['index.ts', fill('index.ts.template')],
    ['package.json', packageJson(setup, manifests)],
    ['tsconfig.json', fill('tsconfig.json')],
    ['.gitignore', fill('gitignore')],
    ['.env.example', environmentFile(setup, clients)],
    ['.vscode/tasks.json', fill('tasks.json')],
    ...(ci === 'none' ? [] : [[pipelineFiles[ci], pipelineOf(ci, layout, values)] as const]),
  ]
  return new Map(files)
}

/** Names the file of each kind of pipeline. */
export const pipelineFiles = {
  github: '.github/workflows/clients.yml',
  gitlab: '.gitlab-ci.yml',
} as const

function pipelineOf(
  ci: keyof typeof pipelineFiles,
  layout: Setup['layout'],
  values: Values,
): string {
  const exportSecrets = fillIn('export-secrets.sh', values).trimEnd()
  const all = { ...values, exportSecrets }
  const layoutJobs = fillIn(`${ci}-${layout}.yml`, all).trimEnd()
  // An empty line has no indentation.
  return fillIn(`${ci}.yml`, { ...all, layoutJobs }).replaceAll(/^ +$/gm, '')
}

type Values = Readonly<Record<string, string>>

function valuesOf(
  { name, lang, environments, layout }: Setup,
  manifests: readonly NewManifest[],
  clients: readonly NewClient[],
): Values {
  const t = texts[lang]
  const names = manifests.map(({ file }) => file)
  const forEach = (command: string) =>
    environments.map((stack) => `npx pulumi ${command} ${stack}`).join('\n')
  const ofFleet = (command: string) => `npx pulumi-psc fleet ${command} ${names.join(' ')}`
  const isFleet = layout === 'fleet'
  const emulated = [...new Set(manifests.flatMap((manifest) => manifest.emulated))]
  return {
    ...t,
    lang,
    name,
    manifests: names.join(' '),
    manifestLinks: names.map((file) => `[${file}](${file})`).join(', '),
    stackNames: environments.join(' '),
    stackList: environments.map((stack) => `'${stack}'`).join(', '),
    stack: environments[0] ?? '',
    stackInit: forEach('stack init'),
    preview: isFleet ? ofFleet('preview') : forEach('preview --stack'),
    up: isFleet ? ofFleet('up') : `npx pulumi up --stack ${environments[0] ?? ''}`,
    secretNames: patternOf(secretsOf(clients)),
    addressNote: emulated.length === 0 ? '' : t.addressNote.replace('{pscs}', emulated.join(', ')),
  }
}

/** Fills a template in. A value of several lines keeps the indentation of its placeholder. */
function fillIn(template: string, values: Values): string {
  const text = readFileSync(new URL(`templates/${template}`, import.meta.url), 'utf8')
  return text
    .replaceAll(/<<(\w+)>>/g, (_, name: string, offset: number) => {
      const value = values[name]
      if (value === undefined) throw new Error(`${template}: no value for ${name}`)
      const [indent = ''] = /^ */.exec(text.slice(text.lastIndexOf('\n', offset) + 1)) ?? []
      return value.replaceAll('\n', `\n${indent}`)
    })
    .replaceAll(/\n{3,}/g, '\n\n')
}

function packageJson(
  { name, environments, lang }: Setup,
  manifests: readonly NewManifest[],
): string {
  const { version, engines, devDependencies } = createRequire(import.meta.url)(
    'pulumi-psc/package.json',
  ) as Package
  const stacks = environments.map((stack) => `--stack ${stack}`).join(' ')
  const document = {
    name,
    private: true,
    type: 'module',
    engines,
    scripts: {
      start: `pulumi-psc emulate --try ${stacks}`,
      emulate: `pulumi-psc emulate ${stacks}`,
      lint: `pulumi-psc lint --strict ${manifests.map(({ file }) => file).join(' ')}`,
      schema: `pulumi-psc schema --lang ${lang} > clients.schema.json`,
      typecheck: 'tsc',
    },
    dependencies: {
      '@pulumi/pulumi': devDependencies['@pulumi/pulumi'],
      'pulumi-psc': `^${version}`,
    },
    devDependencies: {
      pulumi: devDependencies.pulumi,
      typescript: devDependencies.typescript,
    },
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

interface Package {
  readonly version: string
  readonly engines: object
  readonly devDependencies: Readonly<Record<string, string>>
}

function environmentFile({ lang }: Setup, clients: readonly NewClient[]): string {
  const lines = secretsOf(clients).map((secret) => `${secret}=`)
  return [`# ${texts[lang].environmentFile}`, ...lines, 'PULUMI_CONFIG_PASSPHRASE=', ''].join('\n')
}

/** Writes the pattern of the names of secrets: the convention, and those that a spreadsheet names otherwise. */
function patternOf(secrets: readonly string[]): string {
  const others = secrets.filter((name) => !name.endsWith('_SECRET'))
  // GitHub keeps the names of secrets in capital letters.
  return ['_SECRET$', ...others.map((name) => `^${name}$`)].join('|')
}

function secretsOf(clients: readonly NewClient[]): string[] {
  return [...new Set(clients.map(({ secret }) => secret))]
}
