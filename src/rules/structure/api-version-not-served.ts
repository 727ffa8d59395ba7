import { CERT_MANAGER_KINDS } from './cert-manager-kinds';
import { CERT_MANAGER_GROUP } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { certManagerFile } from '../engine/sources';

export const apiVersionNotServed: Rule<ManifestTarget> = {
  id: 'api-version-not-served',
  code: 'PGTLS-A14',
  title: 'cert-manager API version that is no longer served',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [certManagerFile('deploy/crds/cert-manager.io_certificates.yaml', 'v1 is the only version, since 1.6')],
  check: ({ at: { group, kind, version } }, report) => {
    if (group === CERT_MANAGER_GROUP && Object.hasOwn(CERT_MANAGER_KINDS, kind) && version !== 'v1') {
      report('apiVersion', `apiVersion of ${kind} is ${CERT_MANAGER_GROUP}/${version}`);
    }
  },
  fix: 'use cert-manager.io/v1; some fields of older versions have been renamed or moved',
};
