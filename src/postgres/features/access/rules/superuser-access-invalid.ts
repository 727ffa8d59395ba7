import type { DatabaseContext } from '../../../plan/database-context';
import { networkAddressError } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const superuserAccessInvalid: Rule<DatabaseContext> = {
  id: 'superuser-access-invalid',
  code: 'PGTLS-P57',
  title: 'superuser access without TLS or with invalid addresses',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File')],
  check: ({ props: { superuserAccess }, plan: { tls } }, report) => {
    if (superuserAccess === undefined) { return; }
    const { by, _options: { addresses } } = superuserAccess;
    if (by === 'certificate' && !tls) { report('superuserAccess', 'superuserAccess is by certificate, but TLS is off'); }
    if (addresses?.length === 0) { report('superuserAccess.addresses', 'superuserAccess has an empty list of addresses'); }
    addresses?.forEach((address, index) => {
      const fault = networkAddressError(address);
      if (fault !== undefined) { report(`superuserAccess.addresses[${index}]`, `superuserAccess: address '${address}' ${fault}`); }
    });
  },
  fix: 'set tls, or use SuperuserAccess.password() or SuperuserAccess.local(); give addresses in CIDR notation',
};
