import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportText } from '../../src/cli';
import { convertKubeDb, KUBEDB_FIELDS, programText } from '../../src/conversion';
import { readTexts } from '../../src/reading';
import { filesOf } from '../support/document-program';
import { markedBlock, REPOSITORY } from '../support/repository';

const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/kubedb.md'), 'utf8');
const block = (marker: string) => markedBlock(DOCUMENT, marker);

describe('docs/kubedb.md', () => {
  const { entries, faults, databases } = convertKubeDb(readTexts([['pg.yaml', block('yaml: guide')]]), { 'spec.replicas': 'one is enough' });

  test("has the program of the guide's YAML", () => {
    expect(faults).toEqual([]);
    expect(block('program: guide').trim()).toBe(programText(databases).trim());
  });

  test("has the report of the guide's YAML", () => {
    expect(block('report: guide').trim()).toBe(reportText(entries).trim());
  });

  test("has the guide's YAML with three instances, which needs no acknowledgement with one", () => {
    const one = convertKubeDb(readTexts([['pg.yaml', block('yaml: guide').replace('replicas: 3', 'replicas: 1')]]));
    expect(one.faults).toEqual([]);
    expect(programText(one.databases)).toBe(programText(databases));
    expect(convertKubeDb(readTexts([['pg.yaml', block('yaml: guide')]])).faults).toEqual([expect.stringContaining('spec.replicas is not supported')]);
  });

  test('has the requests of the guide to ReconfigureTLS, in their order', () => {
    const documents = block('yaml: requests').split(/^---$/m);
    const programUpTo = (count: number) => {
      const { faults: wrong, databases: converted } = convertKubeDb(readTexts([['ha.yaml', [block('yaml: baseline'), ...documents.slice(0, count)].join('---\n')]]), { 'spec.replicas': 'one is enough' });
      expect(wrong).toEqual([]);
      return programText(converted);
    };
    // An Issuer before the request that names it: twice.
    expect(documents).toHaveLength(7);
    const [before, added, rotated, changed, modes, removed] = [0, 2, 3, 5, 6, 7].map(programUpTo);
    expect(removed).toBe(before);
    expect(rotated).toBe(added);
    expect(added).toContain("organizationalUnits: ['client']");
    expect(changed!.replaceAll('postgres-ca-2', 'postgres-ca').replaceAll('postgresCa2', 'postgresCa').replaceAll('issuer-2', 'issuer').replaceAll('Issuer2', 'Issuer')).toBe(added);
    for (const part of ['SslMode.VERIFY_CA', 'ClientAuthMode.SCRAM']) { expect(modes).toContain(part); }
  });

  test('has a program with the construct, which runs', () => {
    const program = block('program: construct');
    expect(program).toContain("readFileSync('pg.yaml', 'utf8')");
    const files = filesOf(program.replace("readFileSync('pg.yaml', 'utf8')", JSON.stringify(block('yaml: guide'))).replace("import { readFileSync } from 'node:fs';\n", ''));
    expect(files).toEqual({ 'demo.k8s.yaml': expect.stringContaining('name: pg-server-cert') });
  });

  test('names fields that exist', () => {
    const table = DOCUMENT.slice(DOCUMENT.indexOf('\n## Not supported'), DOCUMENT.indexOf('\n## Objects beside'));
    const cells = table.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split(' | ')[0]!);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([a-z][A-Za-z]*(?:(?:\[\])?\.[A-Za-z]+)*)/g)].map(([, field]) => field!));
    expect(named.length).toBeGreaterThan(20);
    const known = Object.keys(KUBEDB_FIELDS);
    expect(named.filter((field) => !known.some((pattern) => `${pattern}.`.includes(`.${field}.`) || `${pattern}.`.includes(`.${field}[]`)))).toEqual([]);
  });
});
