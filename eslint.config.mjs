import eslint from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
  {
    // PostgreSQL's own languages are the ground that constructs and rules stand on: they know neither.
    files: ['src/postgresql/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(\\.\\./)+(cert-manager|checks|postgres|proofs)(/|$)|^cdk8s|^constructs', message: 'src/postgresql knows no other room.' }] }] },
  },
  { files: ['*.js'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } },
  { files: ['.ci/*.mjs', 'test/bench/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
