// Suites of rising cost: `unit` needs Node alone, `system` root and psql, `oracle` an API server with cert-manager, `cluster` nodes as well,
// `approval` an API server whose requests are approved by approver-policy alone, where the others would wait for ever.
const common = {
  testEnvironment: 'node',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: { '^cdk8s-postgres-tls$': '<rootDir>/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.synth/'],
};

const APPROVAL = '/test/cluster/approver-policy.test.ts';

module.exports = {
  testTimeout: 60_000,
  // The servers of the tests wait for disks as much as for processors.
  maxWorkers: '100%',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/', '/test/system/', '/test/cluster/', '/test/oracle/'] },
    { ...common, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
    { ...common, displayName: 'oracle', testMatch: ['<rootDir>/test/oracle/**/*.test.ts'] },
    { ...common, displayName: 'cluster', testMatch: ['<rootDir>/test/cluster/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/', APPROVAL] },
    { ...common, displayName: 'approval', testMatch: [`<rootDir>${APPROVAL}`] },
  ],
};
