import { csiFaults, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const csiVolumeAttributesInvalid: Rule<PodContext> = {
  id: 'csi-volume-attributes-invalid',
  code: 'PGTLS-C08',
  title: 'invalid attributes of a cert-manager CSI driver volume',
  consequence: Consequence.NEVER_READY,
  source: 'csi-driver pkg/apis/validation/validation.go, pkg/requestgen/generator.go',
  check: ({ pod, manifests }) => csiFaults(pod, manifests),
  fix: 'correct the attribute as described in https://cert-manager.io/docs/usage/csi-driver/',
};
