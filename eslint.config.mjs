import eslint from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the parts of src/postgres know of each other: features nothing, the plan nothing of those who make it or render it, engines the plan alone. */
function wallsOfPostgres(throughIndex) {
  const wall = (files, regex, message) => ({ files: [`src/postgres/${files}`], rules: { 'no-restricted-imports': ['error', { patterns: [throughIndex, { regex, message }] }] } });
  return [
    wall('features/*/*.ts', '^\\.\\./(?!\\.\\./)|/engines/', 'a feature knows of other features and of engines nothing but the plan.'),
    wall('features/*/rules/*.ts', '^\\.\\./\\.\\./(?!\\.\\./)|/engines/', 'a feature knows of other features and of engines nothing but the plan.'),
    wall('plan/*.ts', '/(features|engines)(/|$)', 'a plan knows contributions, not whose they are.'),
    wall('engines/**/*.ts', '/features(/|$)|/postgres-props$', 'an engine sees the plan alone, never what was asked for.'),
  ];
}

/** Rooms of src/ that import only the rooms before them; later rooms import them by their index. */
function walls(rooms) {
  const names = rooms.map(([name]) => name);
  const throughIndex = { regex: `^(\\.\\./)+(src/)?(${names.join('|')})/`, message: 'a room is imported by its index.' };
  const restricted = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
  return [
    ...rooms.map(([name, holds], index) => {
      const below = names.slice(0, index);
      const others = names.filter((room) => !below.includes(room));
      return {
        files: [`src/${name}/**/*.ts`],
        rules: restricted(throughIndex, { regex: `^(\\.\\./)+(${others.join('|')})(/|$)`, message: `src/${name} holds ${holds}, and knows of other rooms ${below.join(', ') || 'none'}.` }),
      };
    }),
    // After the rooms: of two settings of one rule for a file the later one counts.
    ...wallsOfPostgres(throughIndex),
  ];
}

export default defineConfig(
  { ignores: ['lib/', 'dist/', 'imports/*.ts', '.synth/', '.tmp/', 'coverage/'] },
  eslint.configs.recommended,
  tseslint.configs.strict,
  {
    plugins: { '@stylistic': stylistic },
    rules: {
      '@stylistic/indent': ['error', 2],
      '@stylistic/max-len': ['error', { code: 180, ignoreStrings: true, ignoreTemplateLiterals: true }],
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true }],
      '@stylistic/semi': ['error', 'always'],
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  // Imports run downwards: a room knows those before it in this list, by their index.
  ...walls([
    ['data', 'readers of any value, groups, memory of answers'],
    ['formats', 'text formats'],
    ['checks', 'the shapes of arguments of the public API'],
    ['postgresql', "PostgreSQL's own languages and facts"],
    ['kubernetes', 'manifests as data'],
    ['reading', 'how files and texts become manifests'],
    ['pki', 'objects of cert-manager, trust-manager and approver-policy as data, and who issues what'],
    ['conversion', 'manifests of others as properties of the constructs'],
    ['workloads', 'PostgreSQL servers and clients in manifests'],
    ['rules', 'rules and findings'],
    ['verification', 'how a tree, files or committed manifests are checked'],
    ['synthesis', 'how an app is written to files'],
    ['report', 'formats of a report'],
    ['cli', 'the command line'],
    ['cert-manager', 'constructs for issuers and Certificates'],
    ['trust', 'constructs for trust bundles and CA rotation'],
    ['policy', 'constructs for approver-policy'],
    ['gitops', 'constructs and annotations for Argo CD and Flux'],
    ['postgres', 'the Postgres construct'],
  ]),
  // The rooms beside src/: tools import no tests but the machinery that runs manifests here, and that knows neither src/ nor tests.
  {
    files: ['test/**/*.ts', 'tools/**/*.ts'],
    ignores: ['test/local/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(\\.\\./)+(test/)?local/', message: 'test/local is imported by its index.' }] }] },
  },
  {
    files: ['test/local/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^\\.\\./', message: 'test/local knows neither src/ nor other tests.' }] }] },
  },
  {
    files: ['tools/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^\\.\\./test/(?!local$)', message: 'of test/, tools import local alone.' }] }] },
  },
  { files: ['*.js'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } },
  { files: ['.ci/*.mjs', 'test/bench/*.mjs', 'test/drivers/programs/**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
