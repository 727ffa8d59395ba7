import { IpFamilyPolicy } from '../network';
import type { DatabaseContext } from '../../../plan/database-context';
import { networkOf } from '../../../plan/network-of';
import { duplicates } from '../../../../data';
import { Consequence, kubernetesPage, type Rule } from '../../../../rules';

export const ipFamiliesInvalid: Rule<DatabaseContext> = {
  id: 'ip-families-invalid',
  code: 'PGTLS-P48',
  title: 'ipFamilies empty, duplicate or not allowed by ipFamilyPolicy',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/services-networking/dual-stack/', 'IPv4/IPv6 dual-stack')],
  check: ({ props }, report) => {
    const { ipFamilies, ipFamilyPolicy = IpFamilyPolicy.SINGLE_STACK } = networkOf(props)._options;
    if (ipFamilies === undefined) { return; }
    if (ipFamilies.length === 0) { report('network.ipFamilies', 'network.ipFamilies is empty'); }
    for (const family of duplicates(ipFamilies)) { report(`network.ipFamilies[${ipFamilies.map(String).lastIndexOf(family)}]`, `network.ipFamilies contains ${family} twice`); }
    if (ipFamilies.length > 1 && ipFamilyPolicy === IpFamilyPolicy.SINGLE_STACK) {
      report('network.ipFamilyPolicy', `network.ipFamilies contains ${ipFamilies.length} families, but ipFamilyPolicy is ${IpFamilyPolicy.SINGLE_STACK}`);
    }
  },
  fix: "give each family once; for two families set ipFamilyPolicy to 'PreferDualStack' or 'RequireDualStack'",
};
