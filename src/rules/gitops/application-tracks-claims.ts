import { mapping, mappings, text } from '../../data';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { ARGO_CD_TRACKING, kubernetesPage } from '../engine/sources';

const INSTANCE = 'app.kubernetes.io/instance';

export const applicationTracksClaims: Rule<ManifestTarget> = {
  id: 'application-tracks-claims',
  code: 'PGTLS-P154',
  severity: Severity.WARNING,
  title: 'Application with the name that labels volume claims',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    ARGO_CD_TRACKING,
    kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets', 'the labels of the selector are copied to the volume claims'),
  ],
  check: ({ at, manifests }, report) => {
    if (at.group !== 'argoproj.io' || at.kind !== 'Application') { return; }
    const database = manifests.ofKind('apps', 'StatefulSet').find(({ spec }) => {
      return mappings(spec['volumeClaimTemplates']).length > 0 && text(mapping(mapping(spec['selector'])['matchLabels'])[INSTANCE]) === at.name;
    });
    if (database === undefined) { return; }
    report('metadata.name', `Application '${at.name}' has the name that the volume claims of ${displayName(database)} have in the label ${INSTANCE}: with the tracking method label, `
      + 'Argo CD prunes the claims after the StatefulSet is removed');
  },
  fix: 'give the Application another name, or acknowledge the warning if Argo CD tracks by annotation, the default since 3.0',
};
