import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { MIXED, report, TOOL } from './reports';
import { jsonReport } from '../../src/report';
import { REPOSITORY } from '../support/repository';

const schema = JSON.parse(readFileSync(join(REPOSITORY, 'docs/prove.schema.json'), 'utf8')) as object;
const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

test.each([['a mixed report', MIXED], ['an empty one', report()]])('%s fits the schema in the package', (_, of) => {
  const json = JSON.parse(jsonReport(of, TOOL)) as unknown;
  expect(validate(json) ? [] : validate.errors).toEqual([]);
});

test('what it has', () => {
  expect(JSON.parse(jsonReport(MIXED, TOOL))).toMatchObject({
    schemaVersion: 1,
    tool: { name: 'cdk8s-postgres-tls', version: '1.2.3' },
    failed: true,
    summary: { files: 5, manifests: 12, errors: 2, warnings: 1, acknowledged: 1, known: 1, gone: 2 },
    notChecked: [{ file: 'chart/db.yaml', reason: 'template', line: 2, column: 1, documents: 2, placeholders: ['{{ .Values.name }}'] }, { file: 'kustomization.yaml', documents: 1 }],
    findings: [
      { rule: { id: 'duration-invalid', code: 'PGTLS-D01' }, severity: 'error', location: { file: 'apps/db.yaml', line: 12, column: 3 }, field: 'spec.duration', known: false },
      { severity: 'warning' }, { acknowledged: 'only in tests' }, { location: { path: 'acknowledgements' } }, { known: true, location: { file: 'apps/old.yaml' } },
    ],
    gone: [{ rule: 'key-size-unsupported', count: 2 }],
  });
});

test('the schema refuses what is not described', () => {
  expect(validate({ ...JSON.parse(jsonReport(MIXED, TOOL)) as object, extra: 1 })).toBe(false);
});
