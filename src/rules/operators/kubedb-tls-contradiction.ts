import { isGiven, text } from '../../data';
import type { OperatorDatabase } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubeDbFile } from '../engine/sources';

export const kubeDbTlsContradiction: Rule<OperatorDatabase> = {
  id: 'kubedb-tls-contradiction',
  code: 'PGTLS-O12',
  title: 'sslMode or clientAuthMode of a KubeDB Postgres contradicts spec.tls',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubeDbFile('pkg/webhooks/kubedb/v1/postgres.go', 'sslMode and clientAuthMode')],
  check: ({ at: { group, spec } }, report) => {
    if (group !== 'kubedb.com') { return; }
    const [sslMode, authMode, hasTls] = [text(spec['sslMode']), text(spec['clientAuthMode']), isGiven(spec['tls'])];
    if (hasTls && sslMode === 'disable') { report('spec.sslMode', "sslMode is 'disable', but spec.tls is set"); }
    if (!hasTls && sslMode !== '' && sslMode !== 'disable') { report('spec.sslMode', `sslMode is '${sslMode}', but spec.tls is not set`); }
    if (!hasTls && (sslMode === '' || sslMode === 'disable') && authMode === 'cert') {
      report('spec.clientAuthMode', "clientAuthMode is 'cert', but spec.tls is not set, so that sslMode is 'disable'");
    }
  },
  fix: 'set spec.tls with an issuerRef, or set sslMode to disable and clientAuthMode to md5 or scram',
};
