import { duplicates, text } from '../../data';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const portNameDuplicate: Rule<PodContext> = {
  id: 'port-name-duplicate',
  code: 'PGTLS-W02',
  title: 'duplicate port name in a container',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/core/validation/validation.go', 'validateContainerPorts')],
  check: ({ pod }, report) => {
    for (const { field, name, ports } of pod.containers) {
      const names = ports.map((port) => text(port['name']));
      for (const port of duplicates(names.filter((given) => given !== ''))) {
        report(`${field}.ports[${names.indexOf(port, names.indexOf(port) + 1)}].name`, `container '${name}' has two ports with the name '${port}'`);
      }
    }
  },
  fix: 'give each port a different name',
};
