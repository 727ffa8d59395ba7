import { isGiven, mapping, Mapping, text } from '../../data';
import { dnsLabelError, holdsVariable, serviceNameLike } from '../../formats';
import { displayName, identity, inNamespace, Located, Manifest, objectNameError } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { ManifestTarget, objectsOf, ruleTable } from '../engine/rule-table';

/** Rules about every object, from any source. */
export const OBJECT_RULES = ruleTable(objectsOf, [
  {
    code: 'PGTLS-N01',
    title: 'invalid object name or namespace',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Object Names and IDs; Services: RFC 1035',
    check: ({ at: { group, kind, name, namespace, manifest } }) => {
      if (kind === '') { return []; }
      const astray = namespace === undefined || holdsVariable(namespace) ? undefined : dnsLabelError(namespace);
      if (astray !== undefined) { return [`namespace '${namespace}' of ${kind} '${name}' ${astray}; '${serviceNameLike(namespace!)}' is valid`]; }
      if (isNamedByServer(manifest)) { return []; }
      const given = mapping(manifest['metadata'])['name'];
      if (typeof given === 'number' || typeof given === 'boolean') { return [`name ${name} of ${kind} is a ${typeof given}, not a string; quote it in YAML`]; }
      const fault = objectNameError(group, kind, name);
      return when(fault !== undefined, () => `name '${name}' of ${kind} ${fault}; '${serviceNameLike(name)}' is valid`);
    },
    fix: 'set metadata.name (for a Chart: namespace), or derive the name from the construct path with Names.toDnsLabel(scope, '
      + '{ extra: [id] }) of cdk8s; without a name the construct id is used',
  },
  {
    code: 'PGTLS-N02',
    title: 'duplicate object (same kind, namespace and name)',
    consequence: Consequence.NEVER_READY,
    source: 'the object that is applied later overwrites the other one',
    check: ({ at, manifests }) => {
      const first = manifests.find(at.group, at.kind, at.namespace, at.name)!;
      return when(first !== at && at.kind !== '' && !isNamedByServer(at.manifest), () => `${displayName(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
    },
    fix: 'rename one of them',
  },
  {
    code: 'PGTLS-A18',
    severity: Severity.WARNING,
    title: 'document without a kind',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Objects: required fields',
    check: ({ at: { kind, manifest } }) => when(kind === '', () => `the document has no kind, only ${contentsOf(Object.keys(manifest))}; no rule checks its contents`),
    fix: 'exclude the file if it is not a manifest (Helm values, for example); otherwise set apiVersion and kind',
  },
] satisfies Rule<ManifestTarget>[]);

/** `kubectl create` and hooks of Argo CD: the API server adds a random end to generateName. */
function isNamedByServer(manifest: Mapping): boolean {
  const { name, generateName } = mapping(manifest['metadata']);
  return !isGiven(name) && text(generateName) !== '';
}

function contentsOf(fields: string[]): string {
  return fields.length === 0 ? 'no fields at all' : fields.slice(0, 5).join(', ') + (fields.length > 5 ? ', …' : '');
}

/** Output files of one synthesis to which more than one object is written. */
interface FileCollisions extends Located {
  readonly collisions: ReadonlyArray<{ readonly path: string; readonly objects: ReadonlyArray<Manifest> }>;
}

/** Rules about the output files of a synthesis. */
export const OUTPUT_RULES = ruleTable(collisions, [
  {
    code: 'PGTLS-N03',
    title: 'output file written by several objects',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cdk8s src/app.ts: with FILE_PER_RESOURCE a file is named after kind and name alone',
    check: ({ collisions: files }) => [
      `${files.length === 1 ? 'an output file is' : `${files.length} output files are`} written by several objects, of which only the last one remains: `
      + files.map(({ path, objects }) => `${path} (${objects.map(({ path: of }) => `'${of}'`).join(', ')})`).join(', '),
    ],
    fix: 'use YamlOutputType.FILE_PER_CHART, or FOLDER_PER_CHART_FILE_PER_RESOURCE with one chart per namespace, or give the '
      + 'objects different names',
  },
] satisfies Rule<FileCollisions>[]);

/** One finding for all files, since one setting of the app causes all of them. Duplicate objects are covered by PGTLS-N02. */
function collisions({ outputFiles }: RuleContext): FileCollisions[] {
  const files = new Map<string, { readonly path: string; readonly objects: Map<string, Manifest> }>();
  for (const [object, { chart, name }] of outputFiles ?? []) {
    const file = files.get(`${chart ?? ''}/${name}`) ?? { path: name, objects: new Map<string, Manifest>() };
    files.set(`${chart ?? ''}/${name}`, file);
    file.objects.set(identity(object), object);
  }
  const shared = [...files.values()].filter(({ objects }) => objects.size > 1).map(({ path, objects }) => ({ path, objects: [...objects.values()] }));
  return shared.length === 0 ? [] : [{ at: shared[0]!.objects[1]!, collisions: shared }];
}
