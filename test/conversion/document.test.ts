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
