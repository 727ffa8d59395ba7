import type { ConsentRule } from './consent-table';
import { STATEFUL_SET_UPDATE } from './stateful-set-update';
import { claimField, type WorkloadChange } from './workload-change';
import type { Mapping } from '../../data';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';

const SOURCES = ['spec.dataSource', 'spec.dataSourceRef'];

export const dataSourceChanged: ConsentRule<WorkloadChange> = {
  id: 'data-source-changed',
  code: 'PGTLS-S15',
  severity: Severity.WARNING,
  title: 'dataSource of an existing volume claim changes',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [STATEFUL_SET_UPDATE],
  check: (change, report) => {
    for (const { name, field, before, after } of change.keptClaims) {
      const changed = SOURCES.find((path) => claimField(before, path) !== claimField(after, path));
      if (changed !== undefined) {
        report(`${field}.${changed}`, `the volume claim '${name}' of ${change.called} ${isFilled(after) ? 'gets another' : 'loses its'} dataSource: `
          + 'the API server rejects this, and the existing volume would not be filled from it');
      }
    }
  },
  fix: 'to restore from a snapshot, create a new database with another name; otherwise leave dataSource unchanged',
};

function isFilled(claim: Mapping): boolean {
  return SOURCES.some((path) => claimField(claim, path) !== '');
}
