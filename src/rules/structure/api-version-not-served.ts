import { CERT_MANAGER_GROUP } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { KINDS } from './structure-shared';

export const apiVersionNotServed: Rule<ManifestTarget> = {
  id: 'api-version-not-served',
  code: 'PGTLS-A14',
  title: 'cert-manager API version that is no longer served',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'cert-manager serves cert-manager.io/v1 alone since 1.6',
  check: ({ at: { group, kind, version } }) =>
    when(group === CERT_MANAGER_GROUP && Object.hasOwn(KINDS, kind) && version !== 'v1', () => `apiVersion of ${kind} is ${CERT_MANAGER_GROUP}/${version}`),
  fix: 'use cert-manager.io/v1; some fields of older versions have been renamed or moved',
};
