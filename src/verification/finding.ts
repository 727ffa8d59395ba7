import { pageOfRule } from './known-rules';
import type { Found } from './only-causes';
import { type Manifest, parseFieldPath } from '../kubernetes';
import { type Finding, type FindingLocation, type FindingTarget, Severity } from '../rules';

/** A violation as data, with the reason of its acknowledgement, and the fix for constructs or for YAML. */
export function findingOf({ about, at, location, violation }: Found, reason: string | undefined, isYaml: boolean): Finding {
  const { rule: { id, code, title, consequence }, severity, field, problem, consented } = violation;
  const fix = isYaml ? violation.fixInYaml ?? violation.fix : violation.fix;
  return {
    rule: { id, code, title, consequence, page: pageOfRule(id) },
    severity,
    target: at && targetOf(at),
    location: location === undefined ? locationOf(about.path, at, field) : { path: about.path, ...location },
    field: field === '' ? undefined : field,
    problem,
    fix,
    message: `${problem}; ${fix}`,
    acknowledged: consented ?? reason,
  };
}

function targetOf({ manifest, kind, namespace, name }: Manifest): FindingTarget | undefined {
  return kind === '' ? undefined : { apiVersion: String(manifest['apiVersion']), kind, namespace, name };
}

function locationOf(path: string, at: Manifest | undefined, field: string): FindingLocation {
  return { path, ...(at?.places?.locate(parseFieldPath(field)) ?? (at?.file === undefined ? {} : { file: at.file })) };
}

/** Errors first, then in the order of the paths, without duplicates. */
export function inOrder(findings: ReadonlyArray<Finding>, paths: () => ReadonlyArray<string>): Finding[] {
  if (findings.length === 0) { return []; }
  const known = paths();
  const ranks = new Map(known.map((path, index) => [path, index]));
  // Findings about deployed objects only, or about no object, come last.
  const rank = ({ location: { path } }: Finding) => ranks.get(path) ?? known.length;
  const once = new Map(findings.map((entry) => [[entry.location.path, entry.rule.code, entry.field, entry.message, entry.location.line].join('\0'), entry]));
  const severities = [Severity.ERROR, Severity.WARNING];
  return [...once.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || rank(a) - rank(b));
}

/** Whether a finding makes the synthesis fail. */
export function stops({ severity, acknowledged }: Finding, warningsAsErrors: boolean): boolean {
  return severity === Severity.ERROR || (warningsAsErrors && acknowledged === undefined);
}

/** A finding as the synthesis reports it, without its path. */
export function formatFinding({ rule: { code }, severity, message }: Finding): string {
  return severity === Severity.ERROR ? `${code}: ${message}` : `${code} (warning): ${message}`;
}
