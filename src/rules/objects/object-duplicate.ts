import { displayName, inNamespace } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { isNamedByServer } from './object-shared';

export const objectDuplicate: Rule<ManifestTarget> = {
  id: 'object-duplicate',
  code: 'PGTLS-N02',
  title: 'duplicate object (same kind, namespace and name)',
  consequence: Consequence.NEVER_READY,
  source: 'the object that is applied later overwrites the other one',
  check: ({ at, manifests }) => {
    const first = manifests.find(at.group, at.kind, at.namespace, at.name)!;
    return when(first !== at && at.kind !== '' && !isNamedByServer(at.manifest), () => `${displayName(at)}${inNamespace(at.namespace)} is declared twice, first at '${first.path}'`);
  },
  fix: 'rename one of them',
};
