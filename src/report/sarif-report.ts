import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BaselineEntry, fingerprintOf } from './baseline';
import { isFailed, type Report, type ReportTool } from './report';
import { checkedLine } from './summary';
import { targetText } from './positions';
import { type Finding, type FindingLocation, type FindingRule, Severity } from '../rules';

/** A report in SARIF 2.1.0, which code scanning reads. */
export function sarifReport(report: Report, tool: ReportTool): string {
  const { findings, known, gone, checked } = report;
  const hasBaseline = known.length + gone.length > 0;
  const rules = rulesOf([...findings, ...known]);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const result = (finding: Finding, state: string) => ({
    ruleId: finding.rule.id,
    ruleIndex: indices.get(finding.rule.id)!,
    level: finding.severity,
    message: { text: finding.message },
    locations: [{ ...physical(finding.location), logicalLocations: logical(finding) }],
    partialFingerprints: { 'cdk8sPostgresTls/v1': fingerprintOf(finding) },
    ...(hasBaseline ? { baselineState: state } : {}),
    suppressions: finding.acknowledged === undefined ? [] : [{ kind: 'external', justification: finding.acknowledged }],
    properties: { problem: finding.problem, fix: finding.fix, ...(finding.field === undefined ? {} : { field: finding.field }) },
  });
  return `${JSON.stringify({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk8s-postgres-tls', semanticVersion: tool.version, rules: rules.map((rule) => descriptor(rule, tool, [...findings, ...known])) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{
        executionSuccessful: true,
        exitCode: isFailed(report) ? 1 : 0,
        toolExecutionNotifications: [
          { level: 'note', message: { text: checkedLine(checked) } },
          ...checked.notChecked.map(({ file, reason, position, problem }) => ({
            level: 'note', message: { text: `not checked (${reason}): ${problem}` }, locations: [physical({ path: file, ...(position ?? { file }) })],
          })),
        ],
      }],
      results: [...findings.map((finding) => result(finding, 'new')), ...known.map((finding) => result(finding, 'unchanged')), ...gone.map(absent)],
    }],
  }, undefined, 2)}\n`;
}

/** The rules of findings, once each, in the order of their codes. */
function rulesOf(findings: ReadonlyArray<Finding>): FindingRule[] {
  const rules = new Map(findings.map(({ rule }) => [rule.id, rule]));
  return [...rules.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

function descriptor({ id, code, title, consequence, page }: FindingRule, { pageText, homepage }: ReportTool, findings: ReadonlyArray<Finding>): object {
  const text = pageText(page);
  const helpUri = homepage === undefined ? firstLink(text) : `${homepage.replace(/\/$/, '')}/${page}`;
  const isError = findings.some(({ rule, severity }) => rule.id === id && severity === Severity.ERROR);
  return {
    id,
    name: code,
    shortDescription: { text: title },
    fullDescription: { text: `${title}: ${consequence}` },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: text === undefined ? { text: title } : { text, markdown: text },
    defaultConfiguration: { level: isError ? 'error' : 'warning' },
    properties: { tags: ['cert-manager', 'postgresql', 'kubernetes'], precision: 'high', 'problem.severity': isError ? 'error' : 'warning' },
  };
}

/** The first source that a page names. */
function firstLink(page: string | undefined): string | undefined {
  return page === undefined ? undefined : /\]\((https:\/\/[^\s)]+)\)/.exec(page)?.[1];
}

function physical({ file, line, column }: FindingLocation): object {
  if (file === undefined) { return {}; }
  const region = line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } };
}

function logical({ target, location: { path } }: Finding): object[] {
  return [target === undefined ? { fullyQualifiedName: path, kind: 'resource' } : { name: target.name, fullyQualifiedName: targetText(target), kind: 'resource' }];
}

function absent({ fingerprint, rule, file, target }: BaselineEntry): object {
  return {
    ruleId: rule,
    kind: 'fail',
    message: { text: `no longer found: ${[rule, target].filter((part) => part !== '').join(' ')}` },
    locations: [physical({ path: file, file })],
    partialFingerprints: { 'cdk8sPostgresTls/v1': fingerprint },
    baselineState: 'absent',
  };
}

/** A path as a reference in a URI: relative ones are below the folder that is scanned. */
function uriOf(file: string): string {
  if (isAbsolute(file)) { return pathToFileURL(file).href; }
  return file.replaceAll('\\', '/').replace(/^(\.\/)+/, '').split('/').map(encodeURIComponent).join('/');
}
