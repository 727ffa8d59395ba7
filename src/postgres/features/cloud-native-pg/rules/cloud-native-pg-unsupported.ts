import { unsupportedProperties } from '../unsupported-properties';
import type { DatabaseContext } from '../../../plan/database-context';
import { cloudNativePgFile, Consequence, type Rule } from '../../../../rules';

export const cloudNativePgUnsupported: Rule<DatabaseContext> = {
  id: 'cloud-native-pg-unsupported',
  code: 'PGTLS-P160',
  title: 'property that a Cluster of CloudNativePG cannot have',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [cloudNativePgFile('docs/src/cloudnative-pg.v1.md', 'API reference: the fields of Cluster and Database')],
  check: (context, report) => {
    if (context.plan.availability.engine !== 'cloudnativepg') { return; }
    for (const { property, reason, instead } of unsupportedProperties(context)) { report(property, `${property} ${reason}`, instead); }
  },
  fix: 'remove the property',
};
