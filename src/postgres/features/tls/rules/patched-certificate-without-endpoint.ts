import { CertificateAlias } from '../../../plan/certificate-alias';
import { certificateNames } from '../../../plan/uncertified-hosts';
import type { WrittenDatabase } from '../../../plan/database-context';
import { libpqMatchesHost } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';

export const patchedCertificateWithoutEndpoint: Rule<WrittenDatabase> = {
  id: 'patched-certificate-without-endpoint',
  code: 'PGTLS-P54',
  title: 'patched server certificate without the host of endpoint',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'libpq, sslmode=verify-full',
  check: ({ plan, written }) => {
    const names = certificateNames(written(`${CertificateAlias.SERVER}-cert`));
    const { endpoint, ...planned } = plan.serverNames;
    return when(names !== undefined && endpoint !== undefined && libpqMatchesHost(endpoint, { ...planned, commonName: '' }) && !libpqMatchesHost(endpoint, names),
      () => `endpoint has the host '${endpoint}', which is not in the server certificate as it is written`);
  },
  fix: 'remove the patch and set tls.serverNames: ServerNames.only replaces all names, and endpoint uses one of them',
};
