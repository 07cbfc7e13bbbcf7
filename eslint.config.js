import * as regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'data', 'coverage'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'Use a type union.' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    // What belongs together is passed whole (`RequestCase`, `Acting`, `Asking`).
    files: ['{src,scripts}/**/*.ts'],
    rules: { '@typescript-eslint/max-params': ['error', { max: 5 }] },
  },
  {
    // Time, randomness, environment and output are arguments everywhere but at the edges (src/README.md: The one path).
    files: ['src/**/*.ts'],
    // The files of setup look after the process itself: threads, and whether the event loop turns.
    ignores: [
      'src/{adapters,store}/**',
      'src/{config,main,run}.ts',
      'src/setup/{drawing,understanding,watchdog}.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
        { object: 'process', property: 'env', message: 'Settings come from config.ts.' },
      ],
      'no-console': 'error',
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch'],
    },
  },
  {
    // One stranger's text must not stop the process: linear-time patterns only. Those built from strings escape this
    // rule; tests/patterns.test.ts collects and checks them.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'regexp/no-trivially-nested-quantifier': 'error',
      'regexp/no-useless-quantifier': 'error',
    },
  },
  { files: ['*.config.*'], rules: { 'no-restricted-syntax': 'off' } },
);
