import type { Manifest } from '../kubernetes';

/**
 * Objects whose deletion loses what no other object can make again: the volumes, what contains them, the keys of CAs, and Secrets. A Namespace takes its volume
 * claims along, a CustomResourceDefinition all objects of its kind, and a StatefulSet its claims where `deletionPolicy` is `Delete`; a CA certificate takes its
 * Secret along where cert-manager runs with `--enable-certificate-owner-ref`.
 */
export function isIrreplaceable({ group, kind, spec }: Pick<Manifest, 'group' | 'kind' | 'spec'>): boolean {
  return KINDS.has(`${group}/${kind}`) || (group === 'cert-manager.io' && kind === 'Certificate' && spec['isCA'] === true);
}

const KINDS = new Set([
  '/Namespace', '/PersistentVolume', '/PersistentVolumeClaim', '/Secret', 'apiextensions.k8s.io/CustomResourceDefinition', 'apps/StatefulSet',
]);
