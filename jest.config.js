// A project is named by what it needs: `pure` Node alone, `postgres` the PostgreSQL servers of npm packages, `postgres-root` root and psql as well, `drivers` Python, Go, Rust
// and Java, `cert-manager` an API server with cert-manager, `cluster` nodes as well, `approval` an API server whose requests approver-policy alone approves.
const FOLDERS = {
  'postgres': 'postgres-live',
  'postgres-root': 'postgres-root',
  'drivers': 'drivers',
  'cert-manager': 'cert-manager-live',
  'cluster': 'cluster',
  'approval': 'approval',
};

const common = {
  testEnvironment: 'node',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: { '^cdk8s-postgres-tls$': '<rootDir>/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.synth/'],
};

module.exports = {
  testTimeout: 60_000,
  // The servers of the tests wait for disks as much as for processors.
  maxWorkers: '100%',
  // Of tests that wait for servers of their own.
  maxConcurrency: 3,
  projects: [
    {
      ...common,
      displayName: 'pure',
      globalSetup: '<rootDir>/test/support/announce-schemas.ts',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...Object.values(FOLDERS).map((folder) => `/test/${folder}/`)],
    },
    ...Object.entries(FOLDERS).map(([displayName, folder]) => ({ ...common, displayName, testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`] })),
  ],
};
