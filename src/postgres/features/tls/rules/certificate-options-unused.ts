import { certificateProperty, optionsOf } from '../../../plan/certificates';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const certificateOptionsUnused: Rule<DatabaseContext> = {
  id: 'certificate-options-unused',
  code: 'PGTLS-P58',
  title: 'options for a certificate that is not issued',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'docs/postgres.md, Properties',
  check: ({ props: { tls }, plan }) => Object.entries(plan.absent.certificates).flatMap(([alias, why]) =>
    when(plan.tls && optionsOf(tls, alias) !== undefined, () => `${certificateProperty(alias)} is given, but that certificate is not issued: ${why}`)),
  fix: 'remove the options, or set the property that uses the certificate; set the client CA with tls.clientCa',
};
