import { differs, type ObjectChange } from './object-change';
import { isGiven, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

const CLAIM_FIELDS = ['accessModes', 'storageClassName', 'volumeMode', 'volumeName', 'selector', 'dataSource', 'dataSourceRef'];

export const claimFieldImmutable: Rule<ObjectChange> = {
  id: 'claim-field-immutable',
  code: 'PGTLS-S25',
  title: 'PersistentVolumeClaim shrinks or changes an immutable field',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesFile('pkg/apis/core/validation/validation.go', 'ValidatePersistentVolumeClaimUpdate: only the size of a bound claim may change, and only grow'),
  ],
  check: ({ at: after, before }, report) => {
    if (after.group !== '' || after.kind !== 'PersistentVolumeClaim') { return; }
    const fields = CLAIM_FIELDS.filter((field) => isGiven(before.spec[field]) && differs(before.spec, after.spec, field));
    if (fields.length > 0) { report(`spec.${fields[0]}`, `${displayName(after)} changes ${fields.join(', ')}, which the API server rejects as immutable`); }
    const [size, newSize] = [before, after].map(({ spec }) => text(valueAt(spec, 'resources.requests.storage'))) as [string, string];
    if ((parseQuantity(newSize) ?? Infinity) < (parseQuantity(size) ?? 0)) {
      report('spec.resources.requests.storage', `${displayName(after)} is currently ${size} and shrinks to ${newSize}, which the API server rejects`);
    }
  },
  fix: 'leave the claim unchanged: deleting it deletes the data; create a second claim and copy the data',
};
