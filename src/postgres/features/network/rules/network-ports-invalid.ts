import { networkOf } from '../network-of';
import type { DatabaseContext } from '../../../plan/database-context';
import { duplicates } from '../../../../data';
import { Consequence, Rule, when } from '../../../../rules';

export const networkPortsInvalid: Rule<DatabaseContext> = {
  id: 'network-ports-invalid',
  code: 'PGTLS-P47',
  title: 'empty, duplicate or invalid network ports',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, NetworkPolicyPort',
  check: ({ props }) => {
    const { egress = [], dnsPorts } = networkOf(props)._options;
    return [...egress.flatMap(({ ports }, index) => portFaults(`network.egress[${index}].ports`, ports)), ...portFaults('network.dnsPorts', dnsPorts)];
  },
  fix: 'give ports from 1 to 65535, each once; remove the ports of an egress rule to allow all ports',
};

function portFaults(where: string, ports: ReadonlyArray<number> | undefined): string[] {
  return [
    ...when(ports?.length === 0, () => `${where} is empty`),
    ...(ports ?? []).filter((port) => !(Number.isInteger(port) && port >= 1 && port <= 65_535)).map((port) => `${where} contains ${port}, which is not a port from 1 to 65535`),
    ...duplicates((ports ?? []).map(String)).map((port) => `${where} contains ${port} twice`),
  ];
}
