import tseslint from 'typescript-eslint'

/** Arrows point downwards only: what a folder may not import from. */
const above = {
  'provider/rules': ['http', 'psc', 'lifecycle', 'manifest', 'resources', 'handler', 'read-file'],
  'provider/http': ['rules', 'psc', 'lifecycle', 'manifest', 'resources', 'handler'],
  'provider/psc': ['lifecycle', 'manifest', 'resources', 'handler'],
  'provider/client': ['manifest', 'resources', 'handler'],
  'provider/resources': ['manifest'],
}
const forbid = (folder, names) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ regex: `^(\\.\\./)+(${names.join('|')})(/|\\.ts$)` }] },
    ],
  },
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
  ...Object.entries(above).map(([folder, names]) => forbid(folder, names)),
  // Written from the API documents alone, so that it can contradict the provider.
  forbid('emulator', ['provider', 'cli']),
)
