import { groupBy } from '../data';
import { displayName, inNamespace } from '../kubernetes';
import type { Finding, FindingTarget } from '../rules';

/** `apps/db.yaml:12:5`, as far as it is known; otherwise the path of the finding. */
export function positionText({ location: { file, path, line, column } }: Finding): string {
  return [file ?? path, line, column].filter((part) => part !== undefined).join(':');
}

/** `Certificate 'db' in namespace 'shop'`. */
export function targetText(target: FindingTarget): string {
  return displayName(target) + inNamespace(target.namespace);
}

/** Findings by their file, in the order in which the files occur; in a file by line and column. */
export function byFile(findings: ReadonlyArray<Finding>): Map<string, Finding[]> {
  const groups = groupBy(findings, ({ location: { file, path } }) => file ?? path);
  for (const group of groups.values()) {
    group.sort((one, other) => (one.location.line ?? 0) - (other.location.line ?? 0) || (one.location.column ?? 0) - (other.location.column ?? 0));
  }
  return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}
