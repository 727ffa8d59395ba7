import { mapping, text } from '../../data';
import { displayName } from '../../kubernetes';
import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const selectorWithoutLabels: Rule<PodContext> = {
  id: 'selector-without-labels',
  code: 'PGTLS-W03',
  title: 'selector does not match the labels of the pod template',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes pkg/apis/apps/validation/validation.go: selector does not match template labels',
  check: ({ pod }) => {
    if (pod.at.group !== 'apps') { return []; }
    const { matchLabels } = mapping(mapping(pod.at.manifest['spec'])['selector']);
    return Object.entries(mapping(matchLabels)).filter(([key, value]) => pod.labels[key] !== value)
      .map(([key, value]) => `${displayName(pod.at)} selects pods by ${key}=${text(value)}, but its pod template has `
        + (pod.labels[key] === undefined ? 'no such label' : `the value '${text(pod.labels[key])}'`));
  },
  fix: 'add the labels of the selector to the pod template',
};
