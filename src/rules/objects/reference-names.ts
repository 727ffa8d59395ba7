import { mapping, mappings, text } from '../../data';
import { dnsSubdomainError, holdsVariable } from '../../formats';
import { Located, PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { podReferences } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A reference from one object to another. */
interface Reference {
  /** The field that holds the reference. */
  readonly field: string;
  readonly kind: string;
  /** Empty where the field is not set. */
  readonly name: string;
}

interface Referring extends Located {
  readonly references: ReadonlyArray<Reference>;
}

/** Rules about names in references. */
export const REFERENCE_NAME_RULES = ruleTable(referring, [
  {
    code: 'PGTLS-A20',
    title: 'reference to an object by an invalid name',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Object Names and IDs; pkg/apis/core/validation: a name in a reference must not be empty, but need not be valid',
    check: ({ references }) => references.flatMap(({ field, kind, name }) => {
      const fault = dnsSubdomainError(name);
      return name === '' || fault === undefined || holdsVariable(name) ? [] : [`${field} names ${kind} '${name}', which ${fault}`];
    }),
    fix: 'set the name of an existing object',
  },
] satisfies Rule<Referring>[]);

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
