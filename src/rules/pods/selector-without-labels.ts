import { entryPath, mapping, text } from '../../data';
import { displayName } from '../../kubernetes';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile } from '../engine/sources';

export const selectorWithoutLabels: Rule<PodContext> = {
  id: 'selector-without-labels',
  code: 'PGTLS-W03',
  title: 'selector does not match the labels of the pod template',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/apps/validation/validation.go', 'selector does not match template labels')],
  check: ({ pod }, report) => {
    if (pod.at.group !== 'apps') { return; }
    const { matchLabels } = mapping(mapping(pod.at.manifest['spec'])['selector']);
    for (const [key, value] of Object.entries(mapping(matchLabels))) {
      const given = pod.labels[key];
      if (given !== value) {
        report(entryPath(`${pod.template}metadata.labels`, key), `${displayName(pod.at)} selects pods by ${key}=${text(value)}, but its pod template has `
          + (given === undefined ? 'no such label' : `the value '${text(given)}'`));
      }
    }
  },
  fix: 'add the labels of the selector to the pod template',
};
