import { createHash } from 'node:crypto';
import { openFindings } from './open-findings';
import { groupBy, mapping, text } from '../data';
import type { Finding } from '../rules';

/** Version of the format of the file. */
const VERSION = 1;

/** Existing findings of one rule about one field of one object in one file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly target: string;
  readonly field: string;
  readonly count: number;
}

/** The name that a baseline has for a file. */
export type FileNames = (file: string) => string;

/** Findings by whether a baseline has them. */
export interface ComparedFindings {
  readonly fresh: Finding[];
  readonly known: Finding[];
  readonly gone: BaselineEntry[];
}

/**
 * What a finding is compared by: rule, file, object and field. Neither lines nor indices of lists nor the message belong to it: it stays the same while
 * other parts of the file, or the words of this package, change.
 */
export function fingerprintOf(finding: Finding, nameOf: FileNames = (file) => file): string {
  const { rule, file, target, field } = withoutCount(finding, nameOf);
  return createHash('sha256').update([rule, file, target, field].join('\0')).digest('hex').slice(0, 32);
}

/** The text of a baseline file with these findings; acknowledged ones need no entry. */
export function baselineText(findings: ReadonlyArray<Finding>, nameOf: FileNames = (file) => file): string {
  const groups = groupBy(openFindings(findings), (finding) => fingerprintOf(finding, nameOf));
  const entries = [...groups].map(([fingerprint, group]): BaselineEntry => ({ fingerprint, ...withoutCount(group[0]!, nameOf), count: group.length }));
  const keyOf = ({ file, target, rule, field }: BaselineEntry) => [file, target, rule, field].join('\0');
  entries.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, findings: entries }, undefined, 2)}\n`;
}

/**
 * The entries of a baseline file.
 *
 * @throws if the text is not a baseline of this version
 */
export function parseBaseline(file: string, content: string): BaselineEntry[] {
  const { version, findings } = mapping(parsed(file, content));
  if (version !== VERSION) { throw new Error(`[${file}] baseline of version ${text(version) || 'unknown'}, not ${VERSION}; write it anew with --write-baseline`); }
  if (!Array.isArray(findings)) { throw new Error(`[${file}] baseline without a list of findings; write it anew with --write-baseline`); }
  return findings.map((finding, index) => {
    const { fingerprint, rule, file: of, target, field, count } = mapping(finding);
    if (typeof fingerprint !== 'string' || typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
      throw new Error(`[${file}] findings[${index}] of the baseline has no fingerprint or no count; write it anew with --write-baseline`);
    }
    return { fingerprint, rule: text(rule), file: text(of), target: text(target), field: text(field), count };
  });
}

/** Splits findings: of each entry, as many as its count are known. Acknowledged findings are not compared. */
export function compareWithBaseline(findings: ReadonlyArray<Finding>, baseline: ReadonlyArray<BaselineEntry>, nameOf: FileNames = (file) => file): ComparedFindings {
  const left = new Map<string, number>();
  for (const { fingerprint, count } of baseline) { left.set(fingerprint, (left.get(fingerprint) ?? 0) + count); }
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const fingerprint = fingerprintOf(finding, nameOf);
    const count = finding.acknowledged === undefined ? left.get(fingerprint) ?? 0 : 0;
    if (count > 0) { left.set(fingerprint, count - 1); }
    (count > 0 ? known : fresh).push(finding);
  }
  const gone = baseline.flatMap((entry) => {
    const count = Math.min(entry.count, left.get(entry.fingerprint) ?? 0);
    left.set(entry.fingerprint, (left.get(entry.fingerprint) ?? 0) - count);
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { fresh, known, gone };
}

function withoutCount({ rule, location: { file, path }, target, field = '' }: Finding, nameOf: FileNames) {
  const object = target === undefined ? '' : [target.kind, target.namespace, target.name].filter((part) => part !== undefined).join('/');
  return { rule: rule.id, file: file === undefined ? path : nameOf(file), target: object, field: field.replace(/\[\d+\]/g, '[]') };
}

function parsed(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`[${file}] the baseline is not JSON (${(error as Error).message}); write it anew with --write-baseline`, { cause: error });
  }
}
