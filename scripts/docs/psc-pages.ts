import { toTable } from './table.ts'
import { portuguese } from '../../cli/portuguese/index.ts'
import { factsOf, showValue, words } from '../../cli/profiles/report.ts'
import {
  type Fact,
  knownPsc,
  type KnownPsc,
  type PscName,
  pscNames,
} from '../../provider/psc/index.ts'

/** The columns of the README's table: a question, and the facts that answer it. */
const columns: readonly (readonly [
  title: string,
  read: (psc: KnownPsc) => readonly [text: string, ...facts: Fact<unknown>[]],
])[] = [
  ['name', ({ title }) => [title]],
  [
    'http on this machine as redirect URI',
    ({ capabilities: { redirectUriRule } }) => [
      redirectUriRule.value === 'https-or-loopback' ? 'yes' : 'no',
      redirectUriRule,
    ],
  ],
  [
    'certificate needed',
    ({ capabilities: { redirectUriRule, registration } }) =>
      redirectUriRule.value === 'certificate'
        ? ['yes', redirectUriRule]
        : registration.value === 'application_cert'
          ? ['to register', registration]
          : ['no', redirectUriRule, registration],
  ],
  ['secret rotated', ({ capabilities: { rotates } }) => [yes(rotates), rotates]],
  [
    'registered by',
    ({ capabilities: { registration } }) => [
      registration.value === 'none' ? 'no service' : `\`${registration.value}\``,
      registration,
    ],
  ],
  ['maintained', ({ capabilities: { maintenance } }) => [yes(maintenance), maintenance]],
  [
    'a token has side effects',
    ({ capabilities: { tokenHasSideEffects } }) => [yes(tokenHasSideEffects), tokenHasSideEffects],
  ],
]

/** The words of the table in Brazilian Portuguese. */
const wordsInPortuguese: Readonly<Record<string, string>> = {
  ...portuguese,
  name: 'nome',
  'http on this machine as redirect URI': 'http nesta máquina como URI de redirecionamento',
  'certificate needed': 'exige certificado',
  'to register': 'para cadastrar',
  'secret rotated': 'troca o segredo',
  'registered by': 'cadastra por',
  'no service': 'nenhum serviço',
  maintained: 'mantém',
  'a token has side effects': 'um token tem efeitos colaterais',
  environments: 'ambientes',
  production: 'produção',
  homologation: 'homologação',
  demonstration: 'demonstração',
  none: 'nenhum',
}

/** Writes the README's table: what a team must know of a PSC before it starts, and what no PSC has confirmed. */
export function pscTable(language: 'en' | 'pt' = 'en'): string {
  const say = (english: string) =>
    language === 'en' ? english : (wordsInPortuguese[english] ?? english)
  const rows = pscNames.map((name) => {
    const psc = knownPsc(name)
    const environments = Object.entries(psc.environments).map(
      ([environment, fact]) => say(environment) + doubt([fact]),
    )
    return [
      `\`${name}\``,
      ...columns.map(([, read]) => {
        const [text, ...facts] = read(psc)
        return say(text) + doubt(facts)
      }),
      environments.join(', ') || say('none'),
    ]
  })
  return toTable(['PSC', ...columns.map(([title]) => say(title)), say('environments')], rows)
}

/** Writes docs/pscs.md: every value of every PSC with its source. */
export function pscsPage(): string {
  return `${[introduction, ...pscNames.map(pscSection)].join('\n\n')}\n`
}

const introduction = `# PSCs

Every value that the provider knows of a PSC, with its source. \`npx pulumi-psc profiles\` prints the same.

- **confirmed**: the PSC or the standard states the value.
- **said**: a third party states it.
- **inferred**: it follows from other values, or no source contradicts it.

Using a value that is not confirmed prints a warning. Set the value in the manifest, or in a program's profile object; it then
counts as confirmed. The same way you define a PSC of your own:

\`\`\`yaml
pscs:
  serproid-hom: { extends: serproid, environment: homologation, redirectUriRule: https-or-loopback }
  novo: { extends: standard, baseUrl: https://psc.exemplo.com.br/v0/oauth, rotates: false }
\`\`\`

## Other PSCs

RemoteID (Certisign) and DSCloud (DigitalSign) are accredited and publish no base URL: ask them for it when you get your credentials. Three
lines declare such a PSC by the values of the standard, and your values replace them:

\`\`\`yaml
pscs:
  remoteid: # or dscloud
    extends: standard
    baseUrl: https://… # the address that you got, up to /oauth
\`\`\`

ITI keeps the list of accredited PSCs (LPSC). Certillion is an aggregator of PSCs, not a PSC.

This page is generated: \`npm run docs\` writes it from \`provider/psc/profiles/\`.`

function pscSection(name: PscName): string {
  const rows = factsOf(name).map(([key, { value, mark, source }]) => [
    `\`${key}\``,
    showValue(value),
    words[mark],
    source,
  ])
  return `## \`${name}\`\n\n${knownPsc(name).title}\n\n${toTable(['key', 'value', 'known', 'source'], rows)}`
}

function yes({ value }: Fact<boolean>): string {
  return value ? 'yes' : 'no'
}

function doubt(facts: readonly Fact<unknown>[]): string {
  return facts.every(({ mark }) => mark === 'quoted') ? '' : '?'
}
