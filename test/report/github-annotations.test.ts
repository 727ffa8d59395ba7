import { finding, MIXED, report } from './reports';
import { githubAnnotations } from '../../src/report';

test('a command for each finding that is not acknowledged', () => {
  expect(githubAnnotations(MIXED).split('\n')).toEqual([
    'checked 12 manifests in 5 files; not checked: 2 template, 1 kustomization',
    "::error title=duration-invalid::duration '90d' is not a Go duration; use hours, minutes and seconds",
    "::warning file=apps/db.yaml,line=3,col=1,title=duration-invalid::duration '90d' is not a Go duration; use hours, minutes and seconds",
    "::error file=apps/db.yaml,line=12,col=3,title=duration-invalid::duration '90d' is not a Go duration; use hours, minutes and seconds",
    '2 errors, 1 warning, 1 acknowledged, 1 in the baseline, 2 of the baseline gone',
    '',
  ]);
});

test('texts cannot end a command or begin another one', () => {
  const [, line] = githubAnnotations(report({ findings: [finding({ problem: '100%: a\r\n::error::forged', location: { path: 'x', file: 'a,b:c%d\n.yaml', line: 1 } })] })).split('\n');
  expect(line).toBe('::error file=a%2Cb%3Ac%25d%0A.yaml,line=1,title=duration-invalid::100%25: a%0D%0A::error::forged; use hours, minutes and seconds');
});

test('standard input is not a file of the repository', () => {
  expect(githubAnnotations(report({ findings: [finding({ location: { path: 'x', file: '<stdin>', line: 4 } })] }))).toContain('::error line=4,title=');
});
