import type { Found } from './only-causes';
import { DUPLICATE_KEY, type InputRule, inputRuleOf } from './input-rules';
import { Place } from './place';
import { memoizeByText } from '../data';
import type { Manifest } from '../kubernetes';
import { dotted, globPattern, manifestIn, type NotChecked, readPaths, type ReadManifest, type ReadResult, readTexts, type TextFault } from '../reading';
import type { FindingLocation } from '../rules';

/** What files and texts hold: manifests, and violations by the files themselves. */
export interface Input {
  readonly manifests: ReadonlyArray<Manifest>;
  readonly notChecked: ReadonlyArray<NotChecked>;
  readonly violations: ReadonlyArray<Found>;
  /** Values for charts, as objects that state a setting of the cluster. */
  readonly values: ReadonlyArray<Manifest>;
  /** Number of files and texts, also of those that could not be read. */
  readonly files: number;
  /** Number of documents that are not empty. */
  readonly documents: number;
}

/** The input in files, folders, patterns and standard input (`-`); what cannot be read is a part of it. */
export function inputOfPaths(paths: ReadonlyArray<string>): Input {
  return inputOf(readPaths(paths));
}

/** The input in texts, by the names that findings use for them. */
export function inputOfTexts(texts: Iterable<readonly [string, string]>): Input {
  return inputOf(readTexts(texts));
}

/** Manifests that were read by a stricter reader: all of the input. */
export function inputOfManifests(manifests: ReadonlyArray<Manifest>, files: number): Input {
  return { manifests, notChecked: [], violations: [], values: [], files, documents: manifests.length };
}

/** The input without the files that match patterns; `nameOf` is the name that the patterns are about. */
export function withoutFiles(input: Input, patterns: ReadonlyArray<string>, nameOf: (file: string) => string): Input {
  if (patterns.length === 0) { return input; }
  const expressions = patterns.map((pattern) => globPattern(pattern.replace(/^(\.\/)+/, '')));
  const ignored = memoizeByText((file) => expressions.some((expression) => expression.test(nameOf(file))));
  const all = [...input.manifests.map(({ file = '' }) => file), ...input.notChecked.map(({ file }) => file), ...input.violations.map(({ about }) => about.path)];
  return {
    manifests: input.manifests.filter(({ file = '' }) => !ignored(file)),
    notChecked: input.notChecked.filter(({ file }) => !ignored(file)),
    violations: input.violations.filter(({ about }) => !ignored(about.path)),
    values: input.values.filter(({ file = '' }) => !ignored(file)),
    files: input.files - new Set(all.filter(ignored)).size,
    documents: input.documents,
  };
}

/** The input that was read. */
export function inputOf({ manifests, notChecked, faults, values, files, documents }: ReadResult): Input {
  return {
    manifests: manifests.map(manifestOf),
    notChecked,
    violations: [...notChecked.filter(({ isFinding }) => isFinding).map(ofNotChecked), ...faults.map(ofFault)],
    values: values.map(({ file, content }) => ({ ...manifestIn(file, { kind: 'Helm values', metadata: { name: file } }, ''), file, manifest: content })),
    files,
    documents,
  };
}

function manifestOf(read: ReadManifest): Manifest {
  const { file, content, sets } = read;
  const { path, group, version, kind, name, namespace, manifest, spec } = manifestIn(file, content, '');
  // Without a spread, which makes a hidden class for each object: there may be several hundred thousand.
  return { path, group, version, kind, name, namespace, manifest, spec, file, sets, places: read };
}

function ofNotChecked({ file, reason, position, problem, fix }: NotChecked): Found {
  return violationOf(inputRuleOf(reason), file, '', problem, fix, position ?? { file });
}

function ofFault({ position, path, problem, fix }: TextFault): Found {
  return violationOf(DUPLICATE_KEY, position.file, dotted(path), problem, fix, position);
}

function violationOf(rule: InputRule, file: string, field: string, problem: string, fix: string, location: Omit<FindingLocation, 'path'>): Found {
  return {
    about: new Place(file),
    violation: { rule, severity: rule.severity, field, problem, fix: fix === '' ? rule.fix : fix },
    location,
  };
}
