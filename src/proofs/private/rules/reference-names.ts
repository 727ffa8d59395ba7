import { holdsVariable, notDnsSubdomain } from '../../../formats';
import type { Inventory } from '../inventory';
import { Located } from '../judged';
import type { PodView } from '../pod-view';
import { mapping, mappings, text } from '../reading';
import { Basis, Rule } from '../rule';
import { ruleTable } from '../rule-table';

/** What an object says of another one. */
interface Reference {
  /** Where it says it. */
  readonly field: string;
  readonly kind: string;
  /** Empty where nothing is said. */
  readonly name: string;
}

interface Referring extends Located {
  readonly references: ReadonlyArray<Reference>;
}

/** What is proven about the names by which objects refer to others. */
export const REFERENCE_NAME_RULES = ruleTable(referring, [
  {
    code: 'PGTLS-A20',
    title: 'a reference by a name that no object can have',
    basis: Basis.STALLS,
    source: 'Kubernetes, Object Names and IDs; pkg/apis/core/validation: a reference is asked for some name, and not for one that can be',
    broken: ({ references }) => references.flatMap(({ field, kind, name }) => {
      const fault = notDnsSubdomain(name);
      return name === '' || fault === undefined || holdsVariable(name) ? [] : [`${field} names ${kind} '${name}', which ${fault}`];
    }),
    remedy: 'give the name of an object that the cluster has',
  },
] satisfies Rule<Referring>[]);

function referring({ certificates, pods }: Inventory): Referring[] {
  return [
    ...certificates.map(({ at, issuerRef: { kind, name } }) => ({ at, references: [{ field: 'issuerRef', kind, name }] })),
    ...pods.map((pod) => ({ at: pod.at, references: once(podReferences(pod)) })),
  ];
}

function podReferences({ spec, sources, containers }: PodView): Reference[] {
  const of = (field: string, kind: string, object: unknown, name = 'name'): Reference => ({ field, kind, name: text(mapping(object)[name]) });
  return [
    of('serviceAccountName', 'ServiceAccount', spec, 'serviceAccountName'),
    ...mappings(spec['imagePullSecrets']).map((secret) => of('imagePullSecrets', 'Secret', secret)),
    ...sources.map(({ volume, kind, name }) => ({ field: `volume '${volume}'`, kind, name })),
    ...mappings(spec['volumes']).map(({ name, persistentVolumeClaim }) => of(`volume '${text(name)}'`, 'PersistentVolumeClaim', persistentVolumeClaim, 'claimName')),
    ...containers.flatMap((container) => [
      ...mappings(container.spec['env']).flatMap(({ name, valueFrom }) => [
        of(`variable '${text(name)}'`, 'Secret', mapping(valueFrom)['secretKeyRef']), of(`variable '${text(name)}'`, 'ConfigMap', mapping(valueFrom)['configMapKeyRef']),
      ]),
      ...mappings(container.spec['envFrom']).flatMap(({ secretRef, configMapRef }) => [of('envFrom', 'Secret', secretRef), of('envFrom', 'ConfigMap', configMapRef)]),
    ]),
  ];
}

/** Several volumes of one object are one mistake. */
function once(references: ReadonlyArray<Reference>): Reference[] {
  return references.filter(({ kind, name }, index) => references.findIndex((other) => other.kind === kind && other.name === name) === index);
}
