import { annotationOf, applicationOptions, listed, SYNC_OPTIONS } from './sync-annotations';
import { entryPath, mapping, text } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { argoCdFile, fluxFile } from '../engine/sources';

const FORCE = 'kustomize.toolkit.fluxcd.io/force';

/** Objects whose deletion costs data or an outage. */
const STATE = new Set(['/Namespace', '/PersistentVolume', '/PersistentVolumeClaim', 'apiextensions.k8s.io/CustomResourceDefinition', 'apps/StatefulSet']);

export const syncRecreatesObject: Rule<ManifestTarget> = {
  id: 'sync-recreates-object',
  code: 'PGTLS-P152',
  title: 'sync that deletes and recreates an object that holds state',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    argoCdFile('docs/user-guide/sync-options.md', 'Force=true deletes and recreates; Replace=true runs kubectl replace'),
    fluxFile('docs/spec/v1/kustomizations.md', 'force: for StatefulSets it may result in data loss'),
  ],
  check: ({ at }, report) => {
    if (at.group === 'kustomize.toolkit.fluxcd.io' && at.kind === 'Kustomization' && at.spec['force'] === true) {
      report('spec.force', `${displayName(at)} has force, by which Flux deletes and recreates every object with a change to an immutable field, StatefulSets and volume claims included`, undefined, Severity.WARNING);
    }
    if (at.group === 'argoproj.io' && at.kind === 'Application' && applicationOptions(at).includes('Replace=true')) {
      report('spec.syncPolicy.syncOptions', `${displayName(at)} has the sync option Replace=true for all of its objects: the API server refuses every sync of a bound volume claim, `
        + 'because volumeName is immutable, and an object with Force=true is deleted and recreated', undefined, Severity.WARNING);
    }
    if (!STATE.has(`${at.group}/${at.kind}`)) { return; }
    const options = listed(annotationOf(at, SYNC_OPTIONS));
    if (options.includes('Force=true')) {
      report(entryPath('metadata.annotations', SYNC_OPTIONS), `${displayName(at)} has the sync option Force=true, by which Argo CD deletes and recreates it`);
    } else if (options.includes('Replace=true') && at.kind === 'PersistentVolumeClaim') {
      report(entryPath('metadata.annotations', SYNC_OPTIONS), `${displayName(at)} has the sync option Replace=true: the API server refuses every sync once the claim is bound, because volumeName is immutable`);
    }
    for (const place of ['annotations', 'labels']) {
      if (isForced(at, place)) { report(entryPath(`metadata.${place}`, FORCE), `${displayName(at)} has ${FORCE}, by which Flux deletes and recreates it at a change to an immutable field`); }
    }
  },
  fix: 'remove it; docs/operations.md describes how immutable fields are changed without loss',
};

/** Source: fluxcd/pkg ssa/utils, AnyInMetadata compares without case. */
function isForced({ manifest }: Manifest, place: string): boolean {
  return text(mapping(mapping(manifest['metadata'])[place])[FORCE]).toLowerCase() === 'enabled';
}
