import { IpFamilyPolicy } from '../network';
import { networkOf } from '../network-of';
import type { DatabaseContext } from '../../../plan/database-context';
import { duplicates } from '../../../../data';
import { Consequence, Rule, when } from '../../../../rules';

export const ipFamiliesInvalid: Rule<DatabaseContext> = {
  id: 'ip-families-invalid',
  code: 'PGTLS-P48',
  title: 'ipFamilies empty, duplicate or not allowed by ipFamilyPolicy',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, IPv4/IPv6 dual-stack',
  check: ({ props }) => {
    const { ipFamilies, ipFamilyPolicy } = networkOf(props)._options;
    return [
      ...when(ipFamilies?.length === 0, () => 'network.ipFamilies is empty'),
      ...duplicates(ipFamilies ?? []).map((family) => `network.ipFamilies contains ${family} twice`),
      ...when((ipFamilies?.length ?? 0) > 1 && (ipFamilyPolicy ?? IpFamilyPolicy.SINGLE_STACK) === IpFamilyPolicy.SINGLE_STACK,
        () => `network.ipFamilies contains ${ipFamilies!.length} families, but ipFamilyPolicy is ${IpFamilyPolicy.SINGLE_STACK}`),
    ];
  },
  fix: "give each family once; for two families set ipFamilyPolicy to 'PreferDualStack' or 'RequireDualStack'",
};
