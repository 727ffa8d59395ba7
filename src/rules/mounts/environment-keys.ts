import { mapping, mappings, text } from '../../data';
import type { ContainerView } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import type { PodContext } from '../../workloads';

/** A variable, or all variables of a Secret, with a key of a Certificate's Secret. */
export interface EnvironmentKey {
  readonly container: ContainerView;
  /** The place of the reference to the Secret in the manifest. */
  readonly field: string;
  /** Empty where every key becomes a variable. */
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
  readonly certificate: CertificateNode;
}

/** Variables that hold keys of a Certificate's Secret. */
export function environmentKeys({ pod, manifests }: PodContext): EnvironmentKey[] {
  const of = (container: ContainerView, field: string, variable: string, secret: unknown, key: string | undefined): EnvironmentKey[] => {
    const { name, optional } = mapping(secret);
    const certificate = text(name) === '' ? undefined : manifests.writersOf(pod.at.namespace, text(name), pod.at)[0];
    return certificate === undefined ? [] : [{ container, field: `${container.field}.${field}`, name: variable, key, isOptional: optional === true, certificate }];
  };
  return pod.containers.flatMap((container) => [
    ...mappings(container.spec['env']).flatMap(({ name, valueFrom }, index) => {
      const { secretKeyRef } = mapping(valueFrom);
      return of(container, `env[${index}].valueFrom.secretKeyRef`, text(name), secretKeyRef, text(mapping(secretKeyRef)['key']));
    }),
    ...mappings(container.spec['envFrom']).flatMap(({ secretRef }, index) => of(container, `envFrom[${index}].secretRef`, '', secretRef, undefined)),
  ]);
}
