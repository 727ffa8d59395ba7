import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, postgresPage } from '../engine/sources';

export const serverCaNotTrusted: Rule<PodContext> = {
  id: 'server-ca-not-trusted',
  code: 'PGTLS-T24',
  title: 'client trusts a CA other than that of its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('libpq-ssl.html', 'SSL Support', 'sslmode=verify-ca and verify-full; with a root certificate file, require verifies as well'),
    certManagerFile('pkg/util/pki/parse_certificate_chain.go', 'ca.crt is the root of the chain of the certificate beside it'),
  ],
  check: (context, report) => reportRefusals(context, report, 'server-chain'),
  fix: 'trust the CA of the server: ca.crt of the server\'s Secret, or a Bundle with it (TrustBundle)',
  fixInYaml: 'trust the CA of the server: ca.crt of the server\'s Secret, or a Bundle with it',
};
