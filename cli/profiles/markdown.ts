import { type Fact, knownPsc, type KnownPsc, type PscName } from '../../provider/psc/index.ts'

/** The columns of the table: what a reader asks, and the facts that answer it. */
const columns: readonly (readonly [
  title: string,
  read: (psc: KnownPsc) => readonly [text: string, ...facts: Fact<unknown>[]],
])[] = [
  ['maintained', ({ capabilities: { maintenance } }) => [yes(maintenance), maintenance]],
  ['echo', ({ capabilities: { echoes } }) => [yes(echoes), echoes]],
  ['secret rotated', ({ capabilities: { rotates } }) => [yes(rotates), rotates]],
  [
    'registered by',
    ({ capabilities: { registration } }) => [
      registration.value === 'none' ? 'no service' : `\`${registration.value}\``,
      registration,
    ],
  ],
  ['token request', ({ capabilities: { tokenRequest } }) => [tokenRequest.value, tokenRequest]],
  [
    'a token has side effects',
    ({ capabilities: { tokenHasSideEffects } }) => [yes(tokenHasSideEffects), tokenHasSideEffects],
  ],
  [
    'URIs of its own',
    ({ capabilities: { ownUriSchemes } }) => [
      ownUriSchemes.value.map((scheme) => `\`${scheme}://\``).join(', ') || 'none',
      ownUriSchemes,
    ],
  ],
  [
    'environments',
    ({ environments }) => {
      const names = Object.entries(environments).map(([name, fact]) => name + doubt([fact]))
      return [names.join(', ') || 'none']
    },
  ],
]

/** Writes the table of the README: what works at which PSC, what is not confirmed, and the sources. */
export function markdownTable(names: readonly PscName[]): string {
  const rows = names.map((name) => {
    const cells = columns.map(([, read]) => {
      const [text, ...facts] = read(knownPsc(name))
      return text + doubt(facts)
    })
    return [`\`${name}\``, ...cells]
  })
  const lines = [['PSC', ...columns.map(([title]) => title)], columns.map(() => '---'), ...rows]
  lines[1]?.push('---')
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `${table}\n\n${names.map(sources).join('\n')}\n`
}

function yes({ value }: Fact<boolean>): string {
  return value ? 'yes' : 'no'
}

function doubt(facts: readonly Fact<unknown>[]): string {
  return facts.every(({ mark }) => mark === 'quoted') ? '' : '?'
}

/** One line: the sources that confirm, then those of the values that nobody has confirmed. */
function sources(name: PscName): string {
  const { title, environments, capabilities } = knownPsc(name)
  const facts: readonly Fact<unknown>[] = [
    ...Object.values(environments),
    ...Object.values(capabilities),
  ]
  const list = (confirmed: boolean) => [
    ...new Set(
      facts
        .filter(({ mark }) => (mark === 'quoted') === confirmed)
        // What follows the colon says where in the text, which `pulumi-psc profiles` shows.
        .map(({ source }) => source.split(/: |;/, 1)[0] ?? source),
    ),
  ]
  const [quoted, others] = [list(true), list(false)]
  const parts = [
    ...(quoted.length > 0 ? [quoted.join('; ')] : []),
    ...(others.length > 0 ? [`not confirmed (?): ${others.join('; ')}`] : []),
  ]
  return `- \`${name}\`, ${title}: ${parts.join('; ')}.`
}
