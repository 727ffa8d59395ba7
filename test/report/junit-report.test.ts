import { finding, MIXED, report } from './reports';
import { junitReport } from '../../src/report';
import { Severity } from '../../src/rules';

test('errors fail, warnings are output, acknowledged findings are skipped', () => {
  const xml = junitReport(MIXED);
  expect(xml).toContain('<testsuites name="cdk8s-postgres-tls" tests="5" failures="2">');
  expect(xml).toContain('<testsuite name="apps/db.yaml" tests="3" failures="1" skipped="1">');
  expect(xml.match(/<failure /g)).toHaveLength(2);
  expect(xml.match(/<system-out>/g)).toHaveLength(1);
  expect(xml).toContain('<skipped message="acknowledged: only in tests"/>');
});

test('with warnings as errors, warnings fail', () => {
  expect(junitReport({ ...MIXED, warningsAsErrors: true }).match(/<failure /g)).toHaveLength(3);
});

test('without findings there is one test case that passes', () => {
  expect(junitReport(report())).toContain('<testsuites name="cdk8s-postgres-tls" tests="1" failures="0">');
});

test('markup is escaped, and characters that XML does not allow are replaced', () => {
  const xml = junitReport(report({ findings: [finding({ severity: Severity.ERROR, problem: 'a <b> & "c" ]]> \u0000\u001b\ud800 é 😀\n\t' })] }));
  expect(xml).toContain('message="a &lt;b&gt; &amp; &quot;c&quot; ]]&gt; \ufffd\ufffd\ufffd é 😀&#10;&#9;"');
  // eslint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\u0000-\u0008\u001b]/);
});
