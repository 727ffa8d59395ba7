import { finding, MIXED, report } from './reports';
import { markdownReport } from '../../src/report';

test('a heading, the numbers and a table for each file', () => {
  const text = markdownReport(MIXED);
  expect(text).toContain('### cdk8s-postgres-tls: failed\n\nchecked 12 manifests in 5 files; not checked: 2 template, 1 kustomization; **2 errors, 1 warning,');
  expect(text).toContain("#### `apps/db.yaml`\n\n| line | severity | rule | problem | fix |\n|---|---|---|---|---|\n| 3 | warning | `duration-invalid` | Certificate 'db' in namespace 'shop': duration");
  expect(text).not.toContain('only in tests');
});

test('passed without errors', () => {
  expect(markdownReport(report())).toBe('### cdk8s-postgres-tls: passed\n\nchecked 2 manifests in 1 file; **no findings**.\n');
});

test('texts are not markup: a table keeps its columns, and no user is mentioned', () => {
  const text = markdownReport(report({ findings: [finding({ problem: 'a|b <img> `c` [d](e) *f* @g #1\n| x |', target: undefined, location: { path: 'x', file: 'a`|b.yaml' } })] }));
  expect(text).toContain('a&#124;b &#60;img&#62; &#96;c&#96; &#91;d&#93;(e) &#42;f&#42; &#64;g &#35;1 &#124; x &#124; |');
  expect(text).toContain('#### `` a`|b.yaml ``');
});

test('a comment has an end, which names what is not shown', () => {
  const many = Array.from({ length: 2000 }, (_, index) => finding({ location: { path: 'x', file: `apps/${index}.yaml`, line: 1 } }));
  const text = markdownReport(report({ findings: many }));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\n\d+ more files with findings are not shown here\.\n$/);
});
