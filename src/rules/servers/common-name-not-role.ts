import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

export const commonNameNotRole: Rule<PodContext> = {
  id: 'common-name-not-role',
  code: 'PGTLS-B11',
  title: 'common name of the client certificate does not match the role',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication', 'the common name is the role, or a user map leads to it')],
  check: (context, report) => reportRefusals(context, report, 'role'),
  fix: 'set commonName to the name of the role (at most 63 bytes), or map it to the role in pg_ident.conf',
};
