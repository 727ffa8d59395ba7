import { ConsentRule } from './consent-table';
import { claimField, WorkloadChange } from './workload-change';
import { Mapping } from '../../data';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { IMMUTABLE } from './volume-change-shared';

const SOURCES = ['spec.dataSource', 'spec.dataSourceRef'];

export const dataSourceChanged: ConsentRule<WorkloadChange> = {
  id: 'data-source-changed',
  code: 'PGTLS-S15',
  severity: Severity.WARNING,
  title: 'dataSource of an existing volume claim changes',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: IMMUTABLE,
  check: (change) => change.keptClaims
    .filter(({ before, after }) => SOURCES.some((path) => claimField(before, path) !== claimField(after, path)))
    .map(({ name, after }) => `the volume claim '${name}' of ${change.called} ${isFilled(after) ? 'gets another' : 'loses its'} dataSource: `
      + 'the API server rejects this, and the existing volume would not be filled from it'),
  fix: 'to restore from a snapshot, create a new database with another name; otherwise leave dataSource unchanged',
};

function isFilled(claim: Mapping): boolean {
  return SOURCES.some((path) => claimField(claim, path) !== '');
}
