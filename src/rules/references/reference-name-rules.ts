import { mapping, mappings, text } from '../../data';
import { PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { podReferences } from '../../workloads';
import { ruleTable } from '../engine/rule-table';
import { Reference, Referring } from './reference-name-shared';
import { referenceNameInvalid } from './reference-name-invalid';

/** Rules about names in references. */
export const REFERENCE_NAME_RULES = ruleTable(referring, [
  referenceNameInvalid,
]);

function referring({ certificates, pods }: IssuanceGraph): Referring[] {
  return [
    ...certificates.map(({ at, issuerRef: { kind, name } }) => ({ at, references: [{ field: 'issuerRef', kind, name }] })),
    ...pods.map((pod) => ({ at: pod.at, references: once(namedBy(pod)) })),
  ];
}

function namedBy(pod: PodView): Reference[] {
  const of = (field: string, kind: string, object: unknown, name = 'name'): Reference => ({ field, kind, name: text(mapping(object)[name]) });
  return [
    of('serviceAccountName', 'ServiceAccount', pod.spec, 'serviceAccountName'),
    ...mappings(pod.spec['imagePullSecrets']).map((secret) => of('imagePullSecrets', 'Secret', secret)),
    ...podReferences(pod),
    ...mappings(pod.spec['volumes']).map(({ name, persistentVolumeClaim }) => of(`volume '${text(name)}'`, 'PersistentVolumeClaim', persistentVolumeClaim, 'claimName')),
  ];
}

/** Several volumes of one object are reported once. */
function once(references: ReadonlyArray<Reference>): Reference[] {
  return references.filter(({ kind, name }, index) => references.findIndex((other) => other.kind === kind && other.name === name) === index);
}
