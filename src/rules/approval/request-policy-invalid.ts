import { mapping, Mapping, mappings, text } from '../../data';
import { parseGoDuration } from '../../formats';
import { labelSelectorFaults } from '../../kubernetes';
import { PolicyView } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const requestPolicyInvalid: Rule<PolicyView> = {
  id: 'request-policy-invalid',
  code: 'PGTLS-E37',
  title: 'CertificateRequestPolicy rejected by approver-policy',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'approver-policy webhook (pkg/internal/webhook, approver/{allowed,constraints}/validation.go)',
  check: ({ spec }) => {
    const { issuerRef, namespace } = mapping(spec['selector']);
    const { minDuration, maxDuration, privateKey } = mapping(spec['constraints']);
    const { algorithm, minSize, maxSize } = mapping(privateKey);
    const [shortest, longest] = [parseGoDuration(minDuration), parseGoDuration(maxDuration)];
    return [
      ...when(issuerRef === undefined && namespace === undefined, () => 'selector has neither issuerRef nor namespace'),
      ...labelSelectorFaults(namespace).map((fault) => `selector.namespace ${fault}`),
      ...when(shortest !== undefined && longest !== undefined && longest < shortest, () => `constraints.maxDuration ${text(maxDuration)} is less than minDuration ${text(minDuration)}`),
      ...when(Number(maxSize) < Number(minSize), () => `privateKey.maxSize ${text(maxSize)} is less than minSize ${text(minSize)}`),
      ...[minSize, maxSize].filter((size) => Number(size) < 0 || Number(size) > 8192).map((size) => `privateKey size ${text(size)} is not in the range 0 to 8192`),
      ...when(algorithm === 'Ed25519' && (minSize ?? maxSize) !== undefined, () => 'privateKey has minSize or maxSize with the algorithm Ed25519, whose keys have a fixed size'),
      ...demands(mapping(spec['allowed'])).map((field) => `allowed.${field} is required, but no value is allowed`),
    ];
  },
  fix: 'set selector.issuerRef or selector.namespace ({} selects all), and use bounds and values that a request can satisfy',
};

/** The fields that a policy requires without allowing any value. */
function demands(allowed: Mapping): string[] {
  const fields = { ...allowed, ...mapping(allowed['subject']) };
  return Object.entries(fields).filter(([, field]) => {
    const { required, value, values, validations } = mapping(field);
    return required === true && value === undefined && values === undefined && mappings(validations).length === 0;
  }).map(([name]) => name);
}
