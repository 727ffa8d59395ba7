import { csiFaults, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { csiDriverFile } from '../engine/sources';

export const csiVolumeAttributesInvalid: Rule<PodContext> = {
  id: 'csi-volume-attributes-invalid',
  code: 'PGTLS-C08',
  title: 'invalid attributes of a cert-manager CSI driver volume',
  consequence: Consequence.NEVER_READY,
  sources: [
    csiDriverFile('pkg/apis/validation/validation.go', 'the attributes of a volume'),
    csiDriverFile('pkg/requestgen/generator.go', 'the variables in attributes'),
  ],
  check: ({ pod, manifests }, report) => {
    for (const { field, problem } of csiFaults(pod, manifests)) { report(field, problem); }
  },
  fix: 'correct the attribute as described in https://cert-manager.io/docs/usage/csi-driver/',
};
