import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, REPOSITORY } from './repository';
import { CommittedManifests, Manifests } from '../src';
import { type Mapping, mapping, text } from '../src/data';
import { identity, type Manifest, podTemplateOf } from '../src/kubernetes';
import { readManifests } from '../src/reading';
import { Consequence } from '../src/rules';

/** The output of the examples in the last release. */
export const BASELINE = 'test/update/baseline';

/** What another version of this package makes of one object. */
export interface UpdateEffect {
  readonly object: Manifest;
  readonly change: 'added' | 'removed' | 'changed';
  /** The fields that differ; empty for an object that is added or removed. */
  readonly fields: ReadonlyArray<string>;
  /** What happens in the cluster. */
  readonly effect: string;
}

/** The differences of two sets of manifests, and what they do in a cluster: whether pods are replaced, and whether Kubernetes refuses the change. */
export function updateEffects(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): UpdateEffect[] {
  const [earlier, later] = [before, after].map(objectsOf);
  const refused = refusedIn(before, after);
  const added = [...later!].filter(([key]) => !earlier!.has(key)).map(([, object]): UpdateEffect => ({ object, change: 'added', fields: [], effect: 'new object' }));
  const removed = [...earlier!].filter(([key]) => !later!.has(key)).map(([, object]): UpdateEffect => ({ object, change: 'removed', fields: [], effect: 'pruned, if the tool prunes' }));
  const changed = [...later!].flatMap(([key, object]): UpdateEffect[] => {
    const old = earlier!.get(key);
    const fields = old === undefined ? [] : differences(old.manifest, object.manifest);
    return fields.length === 0 ? [] : [{ object, change: 'changed', fields, effect: effectOf(old!, object, refused.get(key)) }];
  });
  return [...changed, ...added, ...removed];
}

function objectsOf(files: Readonly<Record<string, string>>): Map<string, Manifest> {
  return new Map(Object.entries(files).flatMap(([file, yaml]) => readManifests(file, yaml)).map((object) => [keyOf(object), object]));
}

function keyOf(object: Manifest): string {
  return identity(object);
}

/** The codes of the rules by which Kubernetes refuses a change, by object. */
function refusedIn(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Map<string, string> {
  const committed = Object.keys(before).length === 0 ? CommittedManifests.none() : CommittedManifests.fromTexts(before);
  const found = Manifests.fromYaml(after).validate({ committed }).filter(({ rule }) => rule.consequence === Consequence.REJECTED_ON_APPLY && /^PGTLS-S/.test(rule.code));
  const objects = [...objectsOf(after).values()];
  return new Map(found.flatMap(({ target, rule: { code } }) => objects
    .filter(({ kind, namespace, name }) => kind === target?.kind && namespace === target.namespace && name === target.name).map((object) => [keyOf(object), code] as const)));
}

function effectOf(before: Manifest, after: Manifest, refused: string | undefined): string {
  if (refused !== undefined) { return `**refused by Kubernetes** (${refused})`; }
  const [old, now] = [before, after].map(podTemplateOf);
  if (now !== undefined && differences(old, now).length > 0) { return '**pods are replaced**'; }
  if (after.kind === 'Certificate' && differences(before.spec, after.spec).length > 0) { return 'cert-manager may issue it again; no pod is replaced'; }
  return 'no pod is replaced';
}

/** The paths of the fields that differ; entries of a list with names by their name. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isMapping(before) && isMapping(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => differences(before[name], after[name], joined(path, name)));
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every((item) => text(mapping(item)['name']) !== '')) {
    const byName = (list: unknown[]) => Object.fromEntries(list.map((item) => [`[${text(mapping(item)['name'])}]`, item]));
    const [old, now] = [byName(before), byName(after)];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name) => differences(old[name], now[name], `${path}${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joined(path: string, name: string): string {
  if (/[^\w-]/.test(name)) { return `${path}['${name}']`; }
  return path === '' ? name : `${path}.${name}`;
}

/** A table in Markdown: the same change of several objects of a kind is one row. */
export function effectsTable(effects: ReadonlyArray<UpdateEffect>): string {
  const rows = new Map<string, { row: Omit<UpdateEffect, 'object'>; kind: string; names: string[] }>();
  for (const { object, ...row } of effects) {
    const key = JSON.stringify([object.kind, row]);
    const known = rows.get(key) ?? { row, kind: object.kind, names: [] };
    known.names.push(object.name);
    rows.set(key, known);
  }
  if (rows.size === 0) { return 'No manifest of the examples changes.\n'; }
  const lines = [...rows.values()].map(({ row: { change, fields, effect }, kind, names }) =>
    `| ${kind} ${names.map((name) => `\`${name}\``).join(', ')} | ${change}${fields.length === 0 ? '' : `: ${fields.map((field) => `\`${field}\``).join(', ')}`} | ${effect} |`);
  return ['| object | change | effect |', '|---|---|---|', ...lines.sort(), ''].join('\n');
}

const START = '<!-- manifests: made by `npm run effects` -->\n';
const END = '<!-- end of manifests -->';

/** The changelog with the effects of an update from the last release to the output as it is now. */
export function withEffects(changelog: string): string {
  const [start, end] = [changelog.indexOf(START) + START.length, changelog.indexOf(END)];
  if (start < START.length || end < start) { throw new Error('CHANGELOG.md has no place for the effects of an update'); }
  const yamlIn = (folder: string) => Object.fromEntries(Object.entries(filesBelow(join(REPOSITORY, folder))).filter(([file]) => file.endsWith('.yaml')));
  return `${changelog.slice(0, start)}\n${effectsTable(updateEffects(yamlIn(BASELINE), yamlIn('dist')))}\n${changelog.slice(end)}`;
}

if (require.main === module) {
  const [before, after] = process.argv.slice(2);
  if (before !== undefined && after !== undefined) {
    process.stdout.write(effectsTable(updateEffects(filesBelow(before), filesBelow(after))));
  } else {
    const file = join(REPOSITORY, 'CHANGELOG.md');
    writeFileSync(file, withEffects(readFileSync(file, 'utf8')));
  }
}
