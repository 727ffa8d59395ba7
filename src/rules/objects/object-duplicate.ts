import { isNamedByServer } from './named-by-server';
import { displayName, inNamespace } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { kubernetesPage } from '../engine/sources';

export const objectDuplicate: Rule<ManifestTarget> = {
  id: 'object-duplicate',
  code: 'PGTLS-N02',
  title: 'duplicate object (same kind, namespace and name)',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs', 'the object that is applied later overwrites the other one')],
  check: ({ at, manifests }, report) => {
    const first = manifests.find(at.group, at.kind, at.namespace, at.name, at)!;
    // Each file that needs a Namespace declares it.
    const isShared = at.kind === 'Namespace' && first.file !== at.file;
    if (first !== at && at.kind !== '' && !isShared && !isNamedByServer(at.manifest)) {
      report('metadata.name', `${displayName(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
    }
  },
  fix: 'rename one of them',
};
