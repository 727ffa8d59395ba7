import { CertificateAlias } from '../../../plan/certificate-alias';
import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import { certificateNames } from '../../../plan/uncertified-hosts';
import { libpqMatchesHost } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const patchedCertificateWithoutEndpoint: Rule<WrittenDatabase> = {
  id: 'patched-certificate-without-endpoint',
  code: 'PGTLS-P54',
  title: 'patched server certificate without the host of endpoint',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('libpq-ssl.html', 'SSL Support', 'with sslmode=verify-full the host must be in the certificate')],
  check: ({ plan, written }, report) => {
    const certificate = written(`${CertificateAlias.SERVER}-cert`);
    const names = certificateNames(certificate);
    const { endpoint, ...planned } = plan.serverNames;
    if (names !== undefined && endpoint !== undefined && libpqMatchesHost(endpoint, { ...planned, commonName: '' }) && !libpqMatchesHost(endpoint, names)) {
      report(writtenField(certificate, 'spec.dnsNames'), `endpoint has the host '${endpoint}', which is not in the server certificate as it is written`);
    }
  },
  fix: 'remove the patch and set tls.serverNames: ServerNames.only replaces all names, and endpoint uses one of them',
};
