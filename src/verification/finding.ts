import { Finding, pageOf, Severity, Violation } from '../rules';

/** A violation with its path and, if it is acknowledged, the reason. */
export function finding(path: string, { code, severity, message, consented }: Violation, reason: string | undefined): Finding {
  return { code, severity, path, message, page: pageOf(code), acknowledged: consented ?? (severity === Severity.WARNING ? reason : undefined) };
}

/** Errors first, then in the order of the paths, without duplicates. */
export function inOrder(findings: ReadonlyArray<Finding>, paths: () => ReadonlyArray<string>): Finding[] {
  if (findings.length === 0) { return []; }
  const known = paths();
  const ranks = new Map(known.map((path, index) => [path, index]));
  // Findings about deployed objects only, or about no object, come last.
  const rank = (path: string) => ranks.get(path) ?? known.length;
  const once = new Map(findings.map((entry) => [`${entry.path}\0${entry.code}\0${entry.message}`, entry]));
  const severities = [Severity.ERROR, Severity.WARNING];
  return [...once.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || rank(a.path) - rank(b.path));
}

/** Whether a finding makes the synthesis fail. */
export function stops({ severity, acknowledged }: Finding, warningsAsErrors: boolean): boolean {
  return severity === Severity.ERROR || (warningsAsErrors && acknowledged === undefined);
}

/** A finding as the synthesis reports it, without its path. */
export function formatFinding({ code, severity, message }: Finding): string {
  return severity === Severity.ERROR ? `${code}: ${message}` : `${code} (warning): ${message}`;
}
