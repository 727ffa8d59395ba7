import { mapping } from '../../data';
import { dnsLabelError, dnsSubdomainError, holdsVariable, serviceNameError, serviceNameLike } from '../../formats';
import { displayName, identity, inNamespace, Located, Manifest } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { ManifestTarget, objectsOf, ruleTable } from '../engine/rule-table';

/** What is proven about every object, whoever made it. */
export const OBJECT_RULES = ruleTable(objectsOf, [
  {
    code: 'PGTLS-N01',
    title: 'a name that the API server refuses',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Object Names and IDs; Services: RFC 1035',
    check: ({ at: { group, kind, name, namespace, manifest } }) => {
      if (kind === '') { return []; }
      const astray = namespace === undefined || holdsVariable(namespace) ? undefined : dnsLabelError(namespace);
      if (astray !== undefined) { return [`namespace '${namespace}' of ${kind} '${name}' ${astray}; '${serviceNameLike(namespace!)}' would do`]; }
      const given = mapping(manifest['metadata'])['name'];
      if (typeof given === 'number' || typeof given === 'boolean') { return [`name ${name} of ${kind} is a ${typeof given}, in YAML it needs quotes`]; }
      const fault = kind === 'Service' && group === '' ? serviceNameError(name) : dnsSubdomainError(name);
      return when(fault !== undefined, () => `name '${name}' of ${kind} ${fault}; '${serviceNameLike(name)}' would do`);
    },
    fix: 'give it as metadata.name (a CertificateAuthority takes name, a Chart namespace), or have one made from the path, Names.toDnsLabel(scope, { extra: [id] }) of '
      + 'cdk8s; without a name the construct id is the name',
  },
  {
    code: 'PGTLS-N02',
    title: 'two objects of one kind and name',
    consequence: Consequence.NEVER_READY,
    source: 'the one that is applied later overwrites the other',
    check: ({ at, manifests }) => {
      const first = manifests.find(at.group, at.kind, at.namespace, at.name)!;
      return when(first !== at && at.kind !== '', () => `${displayName(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
    },
    fix: 'give one of them another name',
  },
  {
    code: 'PGTLS-A18',
    severity: Severity.WARNING,
    title: 'a document that is no manifest',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Objects: required fields',
    check: ({ at: { kind, manifest } }) => when(kind === '', () => `the document has no kind, but ${contentsOf(Object.keys(manifest))}: nothing in it is proven`),
    fix: 'leave the file out where it is for something else, such as values of a chart; otherwise give apiVersion and kind',
  },
] satisfies Rule<ManifestTarget>[]);

function contentsOf(fields: string[]): string {
  return fields.length === 0 ? 'no fields at all' : fields.slice(0, 5).join(', ') + (fields.length > 5 ? ', …' : '');
}

/** Files of one synthesis that more than one object is written to. */
interface FileCollisions extends Located {
  readonly collisions: ReadonlyArray<{ readonly path: string; readonly objects: ReadonlyArray<Manifest> }>;
}

/** What is proven about the files that objects are written to. */
export const OUTPUT_RULES = ruleTable(collisions, [
  {
    code: 'PGTLS-N03',
    title: 'objects that are written to one file and replace each other',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cdk8s src/app.ts: with FILE_PER_RESOURCE a file is named after kind and name alone',
    check: ({ collisions: files }) => [
      `${files.length === 1 ? 'a file is' : `${files.length} files are`} written by several objects, of which only the last stays: `
      + files.map(({ path, objects }) => `${path} (${objects.map(({ path: of }) => `'${of}'`).join(', ')})`).join(', '),
    ],
    fix: 'use YamlOutputType.FILE_PER_CHART or FOLDER_PER_CHART_FILE_PER_RESOURCE with a chart for each namespace, or give the '
      + 'objects different names',
  },
] satisfies Rule<FileCollisions>[]);

/** One finding for all files: it is one decision of the app. Objects of one identity have a rule of their own (PGTLS-N02). */
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
