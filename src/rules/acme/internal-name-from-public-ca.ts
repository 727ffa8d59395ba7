import type { AcmeOrder } from './acme-order';
import { fieldOfName, isServiceOf } from './requested-names';
import { publicCa, publicNamesFault } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { BASELINE_REQUIREMENTS } from '../engine/sources';

export const internalNameFromPublicCa: Rule<AcmeOrder> = {
  id: 'internal-name-from-public-ca',
  code: 'PGTLS-B09',
  title: 'internal name or reserved IP address requested from a public CA',
  consequence: Consequence.NEVER_READY,
  sources: [BASELINE_REQUIREMENTS],
  check: ({ names, server, certificate }, report) => {
    const ca = publicCa(server);
    // A CA certificate is wrong whatever its names are (PGTLS-B17).
    const fault = ca === undefined || certificate.isCa ? undefined : publicNamesFault(names, ca, isServiceOf(certificate));
    if (fault !== undefined) { report(fieldOfName(certificate, fault.name), fault.problem); }
  },
  fix: 'use a CA of your own (CertificateAuthority) for names inside the cluster, and request only public DNS names from a public CA '
    + '(ServerNames.only of a Postgres)',
  fixInYaml: 'use a CA of your own (an issuer of type ca) for names inside the cluster, and request only public DNS names from a public CA',
};
