import { certificateProperty, optionsOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, type Rule, source } from '../../../../rules';

export const certificateOptionsUnused: Rule<DatabaseContext> = {
  id: 'certificate-options-unused',
  code: 'PGTLS-P58',
  title: 'options for a certificate that is not issued',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('docs/postgres.md, Properties')],
  check: ({ props: { tls }, plan }, report) => {
    if (!plan.tls) { return; }
    for (const [alias, why] of Object.entries(plan.absent.certificates)) {
      const property = certificateProperty(alias);
      if (optionsOf(tls, alias) !== undefined) { report(property, `${property} is given, but that certificate is not issued: ${why}`); }
    }
  },
  fix: 'remove the options, or set the property that uses the certificate; set the client CA with tls.clientCa',
};
