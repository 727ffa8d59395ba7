import { applicationOptions, listed, optionValue, SYNC_OPTIONS } from './sync-annotations';
import { type Mapping, mapping, mappings, text, texts } from '../../data';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { ARGO_CD_TRACKING, argoCdFile, kubernetesPage } from '../engine/sources';

const INSTANCE = 'app.kubernetes.io/instance';

/** Deletes the tracked objects before the Application; a propagation policy may follow. */
const FINALIZER = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;

/** Values with which Argo CD does not delete by itself. */
const KEPT = ['false', 'confirm'];

export const applicationTracksClaims: Rule<ManifestTarget> = {
  id: 'application-tracks-claims',
  code: 'PGTLS-P154',
  severity: Severity.WARNING,
  title: 'Application with the name that labels volume claims',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    ARGO_CD_TRACKING,
    argoCdFile('docs/user-guide/sync-options.md', 'an option of an object overrides that of the Application'),
    kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets', 'the labels of the selector are copied to the volume claims'),
  ],
  check: ({ at, manifests }, report) => {
    if (at.group !== 'argoproj.io' || at.kind !== 'Application') { return; }
    const ofApplication = applicationOptions(at);
    const databases = manifests.ofKind('apps', 'StatefulSet').filter(({ spec }) => text(mapping(mapping(spec['selector'])['matchLabels'])[INSTANCE]) === at.name);
    const claims = databases.flatMap((database) => mappings(database.spec['volumeClaimTemplates']).map((template) => ({ database, options: optionsOf(template) })));
    const lost = (option: string) => claims.find(({ options }) => !KEPT.includes(optionValue(options, option) ?? optionValue(ofApplication, option) ?? ''))?.database;
    const pruned = lost('Prune');
    const deleted = texts(mapping(at.manifest['metadata'])['finalizers']).some((name) => FINALIZER.test(name)) ? lost('Delete') : undefined;
    const database = pruned ?? deleted;
    if (database === undefined) { return; }
    report('metadata.name', `Application '${at.name}' has the name that the volume claims of ${displayName(database)} have in the label ${INSTANCE}: with the tracking method label, `
      + (pruned === undefined ? 'Argo CD deletes the claims with the Application' : 'Argo CD prunes the claims after the StatefulSet is removed'));
  },
  fix: 'give the Application another name, set its sync options Prune=false and Delete=false (Argo CD 3.4 or later), or acknowledge the warning if Argo CD tracks by annotation, the default since 3.0',
};

/** The options that the claims of a template have by annotation. */
function optionsOf(template: Mapping): string[] {
  return listed(text(mapping(mapping(template['metadata'])['annotations'])[SYNC_OPTIONS]));
}
