import { publicCa, publicNamesError } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { OrderTarget, serviceOf } from './acme-order-shared';

export const internalNameFromPublicCa: Rule<OrderTarget> = {
  id: 'internal-name-from-public-ca',
  code: 'PGTLS-B09',
  title: 'internal name or reserved IP address requested from a public CA',
  consequence: Consequence.NEVER_READY,
  source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2: no internal names, no reserved addresses',
  // A CA certificate is wrong whatever its names are (PGTLS-B17).
  check: ({ names, server, certificate }) => {
    const ca = publicCa(server);
    const fault = ca === undefined || certificate.isCa ? undefined : publicNamesError(names, ca, serviceOf(certificate));
    return when(fault !== undefined, () => fault!);
  },
  fix: 'use a CA of your own (CertificateAuthority) for names inside the cluster, and request only public DNS names from a public CA '
    + '(ServerNames.only of a Postgres)',
};
