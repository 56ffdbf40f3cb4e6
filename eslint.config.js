import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

/**
 * Arrows point downwards only: which rooms of provider/ a room may import from. Every room may import errors.ts,
 * codes.ts, read-file.ts and say.ts; the doors (index.ts, manifest.ts, handler.ts, plugin/) import rooms, and no room
 * imports a door.
 */
const resource = ['proof', 'engine', 'psc', 'http', 'rules']
const below = {
  rules: [],
  http: ['rules'],
  psc: ['http', 'rules'],
  manifest: ['psc/(profiles/|issuer)', 'rules'],
  engine: ['psc', 'http', 'rules'],
  proof: ['engine', 'psc', 'rules'],
  client: resource,
  credential: resource,
  registration: resource,
}
const doors = ['(index|manifest|handler)\\.ts', 'plugin/']

/** The modules of provider/ that cli/ may import. */
const offered = [
  '(codes|errors|manifest|read-file|say)\\.ts',
  '(client|manifest|psc|psc/sign-in)/index\\.ts',
  'engine/(context|configuration|installed|unknown-settings|gate)\\.ts',
  'http/connections\\.ts',
  'proof/(in-program|registered-uris)\\.ts',
  'rules/',
]

/** Refuses imports that leave a folder through `../` and enter one of the named ones. */
const forbid = (folder, targets) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${targets.join('|')})`,
            message: `${folder}/ may not import this: see the map in CONTRIBUTING.md.`,
          },
        ],
      },
    ],
  },
})

const arrows = Object.entries(below).map(([room, allowed]) => {
  const others = Object.keys(below).filter((name) => name !== room && !allowed.includes(name))
  const refused = others.map((name) => {
    const part = allowed.find((path) => path.startsWith(`${name}/`))
    return part === undefined ? `${name}/` : `(?!${part})${name}/`
  })
  return forbid(`provider/${room}`, [...refused, ...doors, '(cli|emulator|scripts|bench|test)/'])
})

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.psc/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // node:test returns promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: [
                'test',
                'it',
                'describe',
                'suite',
                'before',
                'after',
                'beforeEach',
                'afterEach',
              ],
            },
          ],
        },
      ],
    },
  },
  ...arrows,
  // A hostile manifest, certificate or answer must not take more than linear time.
  {
    files: ['provider/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
    },
  },
  // Written from the API documents alone, so that it can contradict the provider.
  forbid('emulator', ['(provider|cli|scripts|bench|test)/']),
  forbid('cli', [
    '(scripts|bench|test)/',
    'emulator/(?!index\\.ts)',
    `provider/(?!(${offered.join('|')}))`,
  ]),
)
