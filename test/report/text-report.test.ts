import { finding, MIXED, report } from './reports';
import { textReport } from '../../src/report';

test('first how much was checked and what was not, then the findings by file and line, then their numbers', () => {
  expect(textReport(MIXED)).toBe(`checked 12 manifests in 5 files; not checked: 2 template, 1 kustomization

acknowledgements error duration-invalid duration '90d' is not a Go duration
    spec.duration
    fix: use hours, minutes and seconds

apps/db.yaml:3:1 warning duration-invalid duration '90d' is not a Go duration
    Certificate 'db' in namespace 'shop'
    fix: use hours, minutes and seconds
apps/db.yaml:12:3 error duration-invalid duration '90d' is not a Go duration
    Certificate 'db' in namespace 'shop', spec.duration
    fix: use hours, minutes and seconds

no longer found, remove from the baseline with --write-baseline:
  apps/gone.yaml key-size-unsupported Certificate/shop/gone spec.privateKey.size (2)

2 errors, 1 warning, 1 acknowledged, 1 in the baseline, 2 of the baseline gone
`);
});

test('without findings', () => {
  expect(textReport(report({ checked: { files: 1, manifests: 1, notChecked: [] } }))).toBe('checked 1 manifest in 1 file\n\nno findings\n');
});

test('colours only if they are asked for', () => {
  expect(textReport(MIXED)).not.toContain('\u001b');
  expect(textReport(MIXED, { color: true })).toContain('\u001b[31merror\u001b[0m \u001b[1mduration-invalid\u001b[0m');
});

test('a file cannot move the cursor of the terminal or forge a line', () => {
  const text = textReport(report({ findings: [finding({ problem: "name 'a\u001b[2J\r\nb.yaml:1:1 error forged\u009b' is wrong", location: { path: 'x', file: 'a\u0007.yaml' } })] }));
  expect(text).toContain("a\\x07.yaml error duration-invalid name 'a\\x1b[2J\\x0d\n      b.yaml:1:1 error forged\\x9b' is wrong");
});
