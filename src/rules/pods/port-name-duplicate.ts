import { duplicates, text } from '../../data';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const portNameDuplicate: Rule<PodContext> = {
  id: 'port-name-duplicate',
  code: 'PGTLS-W02',
  title: 'duplicate port name in a container',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes pkg/apis/core/validation/validation.go, validateContainerPorts',
  check: ({ pod }) => pod.containers.flatMap(({ name, ports }) =>
    duplicates(ports.map((port) => text(port['name'])).filter((port) => port !== ''))
      .map((port) => `container '${name}' has two ports with the name '${port}'`)),
  fix: 'give each port a different name',
};
