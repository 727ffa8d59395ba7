import { byFile, positionText, targetText } from './positions';
import { isFailure, type Report } from './report';
import { checkedLine } from './summary';
import type { Finding } from '../rules';

/** A report as JUnit XML: a suite for each file with findings, a test case for each finding, and one for the whole run. */
export function junitReport(report: Report): string {
  const suites = [...byFile(report.findings)].map(([file, findings]) => suite(file, findings, report));
  const failures = report.findings.filter((finding) => isFailure(finding, report)).length;
  const total = report.findings.length + 1;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cdk8s-postgres-tls" tests="${total}" failures="${failures}">`,
    '  <testsuite name="checked" tests="1" failures="0">',
    `    <testcase classname="checked" name="${xml(checkedLine(report.checked))}"/>`,
    '  </testsuite>',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, findings: ReadonlyArray<Finding>, report: Report): string {
  const failures = findings.filter((finding) => isFailure(finding, report)).length;
  const skipped = findings.filter(({ acknowledged }) => acknowledged !== undefined).length;
  return [
    `  <testsuite name="${xml(file)}" tests="${findings.length}" failures="${failures}" skipped="${skipped}">`,
    ...findings.map((finding) => testCase(file, finding, report)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(file: string, finding: Finding, report: Report): string {
  const { rule, target, severity, problem, fix, acknowledged, location: { line } } = finding;
  const name = `${rule.id}${target === undefined ? '' : ` ${targetText(target)}`}`;
  const open = `    <testcase classname="${xml(file)}" name="${xml(name)}"${line === undefined ? '' : ` file="${xml(file)}" line="${line}"`}>`;
  const text = xml(`${positionText(finding)} ${severity} ${rule.code}: ${problem}\nfix: ${fix}`);
  const outcome = acknowledged !== undefined ? `<skipped message="${xml(`acknowledged: ${acknowledged}`)}"/>`
    : isFailure(finding, report) ? `<failure type="${severity}" message="${xml(problem)}">${text}</failure>` : `<system-out>${text}</system-out>`;
  return `${open}${outcome}</testcase>`;
}

/** Escaped, without the characters that XML 1.0 does not allow at all. */
function xml(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');
}
