import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { memberHosts } from '../../../plan/member-hosts';
import { libpqMatchesHost } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const memberHostNotInCertificate: Rule<DatabaseContext> = {
  id: 'member-host-not-in-certificate',
  code: 'PGTLS-P134',
  title: 'member without a name in the server certificate',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('libpq-ssl.html', 'SSL Support', 'with sslmode=verify-full the host must be in the certificate')],
  check: ({ plan }, report) => {
    const server = certificateOf(plan, CertificateAlias.SERVER)?.spec;
    if (plan.availability.engine !== 'patroni' || server === undefined) { return; }
    const names = { commonName: '', dnsNames: server.dnsNames ?? [], ipAddresses: server.ipAddresses ?? [] };
    const missing = memberHosts(plan).find((host) => !libpqMatchesHost(host, names));
    if (missing !== undefined) { report('tls.serverNames', `the server certificate has no name for member '${missing}': replicas could not verify their leader`); }
  },
  fix: 'use ServerNames.also, which keeps the names of the pods, or add a wildcard for them to ServerNames.only',
};
