import { fingerprintOf } from './baseline';
import { countFindings, isFailed, type Report, type ReportTool } from './report';
import type { Finding } from '../rules';

/** Version of the schema, docs/prove.schema.json: fields may be added, and a change of a field is a new version. */
const SCHEMA_VERSION = 1;

/** A report as JSON, for programs. */
export function jsonReport(report: Report, { version }: ReportTool): string {
  const { checked, findings, known, gone } = report;
  return `${JSON.stringify({
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'cdk8s-postgres-tls', version },
    failed: isFailed(report),
    summary: { files: checked.files, manifests: checked.manifests, ...countFindings(findings), known: known.length, gone: gone.reduce((sum, { count }) => sum + count, 0) },
    notChecked: checked.notChecked.map(({ file, reason, position, documents, problem, fix, placeholders }) => ({
      file, reason, line: position?.line, column: position?.column, documents, problem, fix: fix === '' ? undefined : fix, placeholders,
    })),
    findings: [...findings.map((finding) => findingJson(finding, false)), ...known.map((finding) => findingJson(finding, true))],
    gone,
  }, undefined, 2)}\n`;
}

function findingJson(finding: Finding, isKnown: boolean): object {
  const { rule, severity, target, location, field, problem, fix, acknowledged } = finding;
  return { rule, severity, target, location, field, problem, fix, acknowledged, known: isKnown, fingerprint: fingerprintOf(finding) };
}
