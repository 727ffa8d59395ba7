import { mapping, mappings, text } from '../../data';
import type { Located, PodView } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { podReferences } from '../../workloads';

/** An object that refers to others. */
export interface Referring extends Located {
  readonly references: ReadonlyArray<Reference>;
}

/** A reference from one object to another. */
export interface Reference {
  /** The field that holds the reference, as messages show it. */
  readonly field: string;
  /** The path of the name in the manifest. */
  readonly nameField: string;
  readonly kind: string;
  /** Empty where the field is not set. */
  readonly name: string;
}

/** Every object whose references to others are checked. */
export function referring({ certificates, pods }: IssuanceGraph): Referring[] {
  return [
    ...certificates.map(({ at, issuerRef: { kind, name } }) => ({ at, references: [{ field: 'issuerRef', nameField: 'spec.issuerRef.name', kind, name }] })),
    ...pods.map((pod) => ({ at: pod.at, references: once(namedBy(pod)) })),
  ];
}

function namedBy(pod: PodView): Reference[] {
  const { serviceAccountName, imagePullSecrets, volumes } = pod.spec;
  return [
    { field: 'serviceAccountName', nameField: pod.fieldOf('serviceAccountName'), kind: 'ServiceAccount', name: text(serviceAccountName) },
    ...mappings(imagePullSecrets).map(({ name }, index) => ({
      field: 'imagePullSecrets', nameField: pod.fieldOf(`imagePullSecrets[${index}].name`), kind: 'Secret', name: text(name),
    })),
    ...podReferences(pod),
    ...mappings(volumes).map(({ name, persistentVolumeClaim }, index) => ({
      field: `volume '${text(name)}'`,
      nameField: pod.fieldOf(`volumes[${index}].persistentVolumeClaim.claimName`),
      kind: 'PersistentVolumeClaim',
      name: text(mapping(persistentVolumeClaim)['claimName']),
    })),
  ];
}

/** Several volumes of one object are reported once. */
function once(references: ReadonlyArray<Reference>): Reference[] {
  return references.filter(({ kind, name }, index) => references.findIndex((other) => other.kind === kind && other.name === name) === index);
}
