import { annotationOf, HOOK, HOOK_DELETION, listed } from './sync-annotations';
import { entryPath } from '../../data';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { argoCdFile } from '../engine/sources';

/** What is lost with an object. */
const LOSSES: Readonly<Record<string, string>> = {
  '/Namespace': 'everything in it is deleted as well, volume claims included',
  '/PersistentVolume': 'the volume loses its claim',
  '/PersistentVolumeClaim': 'the data is deleted',
  'apiextensions.k8s.io/CustomResourceDefinition': 'every object of its kind is deleted as well',
  'apps/StatefulSet': 'its pods are deleted as well, and its volume claims where persistentVolumeClaimRetentionPolicy is Delete',
  'cert-manager.io/Certificate': 'the certificate is not renewed, and with --enable-certificate-owner-ref its Secret is deleted as well',
  'cert-manager.io/ClusterIssuer': 'certificates are not renewed',
  'cert-manager.io/Issuer': 'certificates are not renewed',
};

export const hookHoldsState: Rule<ManifestTarget> = {
  id: 'hook-holds-state',
  code: 'PGTLS-P151',
  title: 'Argo CD hook on an object that holds state',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [argoCdFile('docs/user-guide/sync-waves.md', 'a hook is deleted before it is created again, unless a policy deletes it earlier')],
  check: ({ at }, report) => {
    const loss = LOSSES[`${at.group}/${at.kind}`];
    const phases = listed(annotationOf(at, HOOK));
    if (loss === undefined || phases.length === 0 || phases.every((phase) => phase === 'Skip')) { return; }
    const policies = listed(annotationOf(at, HOOK_DELETION));
    report(entryPath('metadata.annotations', HOOK), `${displayName(at)} is a hook (${phases.join(', ')}), which Argo CD deletes (${policies.join(', ') || 'BeforeHookCreation, the default'}): ${loss}`);
  },
  fix: 'remove the annotation, and order objects with sync waves; hooks are Jobs',
};
