import type { DatabaseContext } from '../../../plan/database-context';
import { networkAddressError } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';

export const superuserAccessInvalid: Rule<DatabaseContext> = {
  id: 'superuser-access-invalid',
  code: 'PGTLS-P57',
  title: 'superuser access without TLS or with invalid addresses',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, The pg_hba.conf File',
  check: ({ props: { superuserAccess }, plan: { tls } }) => [
    ...when(superuserAccess?.by === 'certificate' && !tls, () => 'superuserAccess is by certificate, but TLS is off'),
    ...when(superuserAccess?._options.addresses?.length === 0, () => 'superuserAccess has an empty list of addresses'),
    ...(superuserAccess?._options.addresses ?? []).flatMap((address) => {
      const fault = networkAddressError(address);
      return when(fault !== undefined, () => `superuserAccess: address '${address}' ${fault}`);
    }),
  ],
  fix: 'set tls, or use SuperuserAccess.password() or SuperuserAccess.local(); give addresses in CIDR notation',
};
