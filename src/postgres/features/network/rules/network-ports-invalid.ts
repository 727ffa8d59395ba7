import type { DatabaseContext } from '../../../plan/database-context';
import { networkOf } from '../../../plan/network-of';
import { duplicates } from '../../../../data';
import { Consequence, kubernetesFile, type Report, type Rule } from '../../../../rules';

export const networkPortsInvalid: Rule<DatabaseContext> = {
  id: 'network-ports-invalid',
  code: 'PGTLS-P47',
  title: 'empty, duplicate or invalid network ports',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/networking/validation/validation.go', 'ValidateNetworkPolicyPort')],
  check: ({ props }, report) => {
    const { egress = [], dnsPorts } = networkOf(props)._options;
    egress.forEach(({ ports }, index) => { reportPorts(`network.egress[${index}].ports`, ports, report); });
    reportPorts('network.dnsPorts', dnsPorts, report);
  },
  fix: 'give ports from 1 to 65535, each once; remove the ports of an egress rule to allow all ports',
};

function reportPorts(field: string, ports: ReadonlyArray<number> | undefined, report: Report): void {
  if (ports === undefined) { return; }
  if (ports.length === 0) { report(field, `${field} is empty`); }
  ports.forEach((port, index) => {
    if (!(Number.isInteger(port) && port >= 1 && port <= 65_535)) { report(`${field}[${index}]`, `${field} contains ${port}, which is not a port from 1 to 65535`); }
  });
  for (const port of duplicates(ports.map(String))) { report(`${field}[${ports.map(String).lastIndexOf(port)}]`, `${field} contains ${port} twice`); }
}
